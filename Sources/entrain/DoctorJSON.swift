import Formats
import Practice

/// What the doctor saw and found, in JSON.
enum DoctorJSON {
    static func object(_ facts: DoctorFacts, _ findings: [Finding]) -> JSONValue {
        [
            "v": 1, "type": "doctor", "failures": .integer(findings.count(.failure)),
            "warnings": .integer(findings.count(.warning)), "findings": .array(findings.map(finding)),
            "facts": [
                "bluetooth": bluetooth(facts.bluetooth), "gateway_policy": .bool(facts.hasGatewayPolicy),
                "kernel": kernel(facts.kernel), "clock": clock(facts.clock), "folder": folder(facts.folder),
                "groups": .array(facts.groups.map { ["group": .string($0.name), "places": .integer($0.places)] }),
                "terminal": terminal(facts.terminal), "privacy": privacy(facts.privacy),
            ],
        ]
    }

    static func finding(_ finding: Finding) -> JSONValue {
        [
            "status": .string(finding.status.rawValue.lowercased()), "subject": .string(finding.subject),
            "text": .string(finding.text), "advice": JSONValue(finding.advice),
        ]
    }

    private static func bluetooth(_ facts: BluetoothFacts) -> JSONValue {
        [
            "reach": .string(word(facts.reach)), "program": JSONValue(facts.program),
            "version": JSONValue(facts.version), "adapters": .array(facts.adapters.map(adapter)),
            "blocked": .array(facts.blocks.map { ["name": .string($0.name), "hard": .bool($0.isHard)] }),
            "kernel_trouble": JSONValue(facts.kernelTrouble),
        ]
    }

    private static func word(_ reach: BluetoothFacts.Reach) -> String {
        switch reach {
        case .answered: "answered"
        case .noBus: "no bus"
        case .noService: "no service"
        case .denied: "denied"
        case .trouble: "trouble"
        }
    }

    private static func adapter(_ facts: AdapterFacts) -> JSONValue {
        [
            "name": .string(facts.name), "powered": .bool(facts.isPowered), "le": flag(facts.isLowEnergy),
            "slots": .integer(facts.slots), "slots_from": .string(facts.slotSource.rawValue),
            "maker": JSONValue(facts.maker), "version": JSONValue(facts.version),
            "attachment": JSONValue(facts.attachment),
        ]
    }

    private static func kernel(_ facts: KernelFacts) -> JSONValue {
        [
            "release": .string(facts.release), "version": JSONValue(facts.version?.description),
            "max_connection_interval": JSONValue(facts.longestInterval),
        ]
    }

    private static func clock(_ facts: ClockFacts) -> JSONValue {
        ["synced": flag(facts.isSynced), "zone_offset_s": .integer(facts.zoneOffsetSeconds)]
    }

    private static func folder(_ facts: FolderFacts) -> JSONValue {
        [
            "path": .string(facts.path), "rights": JSONValue(facts.rights.map { String($0, radix: 8) }),
            "writable": .bool(facts.isWritable), "link_target": JSONValue(facts.linkTarget),
            "synced_by": JSONValue(facts.syncedBy), "carried_at": JSONValue(facts.carriedAt),
            "loose_files": .array(facts.looseFiles.map(JSONValue.string)),
            "free_bytes": JSONValue(facts.freeBytes), "trouble": JSONValue(facts.trouble),
        ]
    }

    private static func terminal(_ facts: TerminalFacts) -> JSONValue {
        [
            "columns": JSONValue(facts.columns), "rows": JSONValue(facts.rows), "colours": .integer(facts.colours),
            "utf8": .bool(facts.isUTF8),
        ]
    }

    private static func privacy(_ facts: PrivacyFacts) -> JSONValue {
        [
            "keys": facts.keys.map(JSONValue.integer) ?? .null, "plain_sessions": .integer(facts.plainSessions),
            "kept_until": JSONValue(facts.keptUntil?.description), "due_sessions": .integer(facts.dueSessions),
            "disk_encrypted": flag(facts.isDiskEncrypted),
            "home_rights": JSONValue(facts.homeRights.map { String($0, radix: 8) }),
        ]
    }

    private static func flag(_ flag: Bool?) -> JSONValue { flag.map(JSONValue.bool) ?? .null }
}
