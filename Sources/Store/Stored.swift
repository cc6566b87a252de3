import HRV
import HeartRate
import Practice

/// How values stand in the file, and back; what stands there and means nothing makes the file a damaged one.
enum Stored {
    static func group(_ text: String, in file: String) throws(StoreError) -> GroupName {
        do {
            return try GroupName(text)
        } catch {
            throw damaged(file, "\(error)")
        }
    }

    static func code(_ group: String, _ place: Int, in file: String) throws(StoreError) -> Code {
        do {
            return try Code(group: GroupName(group), place: place)
        } catch {
            throw damaged(file, "\(error)")
        }
    }

    static func consent(_ text: String, in file: String) throws(StoreError) -> Consent {
        guard let consent = Consent(rawValue: text) else { throw damaged(file, "consent '\(text)'") }
        return consent
    }

    static func event(_ text: String, in file: String) throws(StoreError) -> LinkRecord.Event {
        guard let event = LinkRecord.Event(rawValue: text) else { throw damaged(file, "link event '\(text)'") }
        return event
    }

    static func number(of contact: Contact) -> Int {
        switch contact {
        case .no: 0
        case .yes: 1
        case .unknown: 2
        }
    }

    static func contact(_ number: Int, in file: String) throws(StoreError) -> Contact {
        switch number {
        case 0: .no
        case 1: .yes
        case 2: .unknown
        default: throw damaged(file, "contact \(number)")
        }
    }

    static func number(of flag: Beat.Flag) -> Int {
        switch flag {
        case .ok: 0
        case .gapBefore: 1
        case .flushed: 2
        }
    }

    static func flag(_ number: Int, in file: String) throws(StoreError) -> Beat.Flag {
        switch number {
        case 0: .ok
        case 1: .gapBefore
        case 2: .flushed
        default: throw damaged(file, "flag \(number)")
        }
    }

    static func number(of band: CoherenceBand) -> Int {
        switch band {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }

    static func band(_ number: Int, in file: String) throws(StoreError) -> CoherenceBand {
        switch number {
        case 0: .low
        case 1: .medium
        case 2: .high
        default: throw damaged(file, "band \(number)")
        }
    }

    static func damaged(_ file: String, _ what: String) -> StoreError {
        StoreError(.damaged, file, detail: "it holds \(what)")
    }
}
