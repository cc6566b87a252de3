import Practice

/// README.txt of an exported session: what lies beside it, and what was left out on purpose.
enum ExportReadme {
    static func text(of export: SessionExport) -> String {
        let record = export.record
        let options = export.options
        var lines = [
            "Session \(record.info.name), exported by entrain \(record.info.toolVersion)", "",
            "Codes \(record.info.presentCodes.count), beats \(record.beats.count), phases \(record.phases.count), "
                + "script \(record.info.script.name).",
        ]
        if record.info.withdrawnCount > 0 {
            let count = record.info.withdrawnCount
            lines.append("\(count) participant\(count == 1 ? "" : "s") withdrawn, and left out of everything.")
        }
        lines +=
            ["", "What is what", ""] + files(options, export.surveys) + ["", "How to read it", ""] + rules(options)
        lines += ["", "What leaves the house", ""] + sharing(options)
        lines += [
            "", "Whether the files arrived whole:  sha256sum -c SHA256SUMS", "",
            "For learning and well-being practice; not a medical device; does not diagnose, treat or monitor any",
            "condition; values are estimates from a consumer strap.", "",
        ]
        return lines.joined(separator: "\n")
    }

    private static func files(_ options: ExportOptions, _ surveys: [SurveyAnswers]) -> [String] {
        var lines = [
            "session.json         script, phases, devices, algorithms with their parameters, corrections",
            "packets.csv          every notification of every strap, byte by byte",
            "beats.csv            every beat: raw interval, time of its END, label of the artefact step",
            "coherence.csv        the score as it was shown, every 5 s",
            "phases.csv           what happened when; markers.csv: marks; links.csv: straps lost and found",
            "summary.csv          one row a code and phase; summary_wide.csv: one row a code",
            "change.csv           baseline to practice, code by code; group.csv: the change of the group",
            "group_coherence.csv  the group as a whole, phase by phase",
            "codebook.csv         every column of every table here: type, unit, range, meaning",
            "METHODS.md           the protocol as it was run, item by item of a reporting checklist",
        ]
        if !surveys.isEmpty {
            lines.append(
                "answers.csv          what these codes answered; survey_items.csv and survey-NAME.yaml: what was asked")
        }
        if !surveys.isEmpty, options.hasText {
            lines.append(
                "answers_text.csv     answers in own words: read them before you hand them on, they may name people")
        }
        let names: [ExportFormat: String] = [
            .kubios: "kubios/              RR intervals in s (type 1), and with their times (type 2)",
            .elite: "elite/               RR intervals in whole ms, one a line; a folder a code",
            .hrvlogger: "hrvlogger/           RR with the time at which each BEGINS, and events",
            .polar: "polar/               RR with the time at which each ARRIVED, heart rates, markers",
            .hrvas: "hrvas/               time and RR in s (.ibi); times of beats (RHRV)",
            .openhrv: "openhrv/             events of OpenHRV",
            .bids: "bids/                a BIDS dataset", .redcap: "redcap/              data and data dictionary",
            .measures: "measures/            one line a phase in the columns of HRV4Training",
        ]
        lines += options.formats.compactMap { names[$0] }
        return lines
    }

    private static func rules(_ options: ExportOptions) -> [String] {
        var lines = [
            "An empty cell means: not available, and a column `reason` says why; it never means 0.",
            "rr_1024 is the strap's own tick of 1/1024 s; rr_ms is the same in ms. Raw intervals are never changed.",
            "Tables are \(options.isForExcel ? "UTF-8 with a byte order mark, cells parted by semicolons" : "RFC 4180, UTF-8"), "
                + "lines end in LF, decimals have a point.",
            "Text that a spreadsheet would take for a formula has an apostrophe in front.",
        ]
        if options.isClean {
            lines.append("clean_ms and clean_count in beats.csv are the corrected intervals, beside the raw ones.")
        }
        return lines
    }

    private static func sharing(_ options: ExportOptions) -> [String] {
        var lines = [
            options.isRecoded
                ? "Codes are random study IDs. Who has the list that lies beside the export can undo that: keep it apart."
                : "Codes stand in the order of seats: whoever sat in the group knows whose they are.",
            options.dates == .relative
                ? "Dates are shifted: the first session of this export begins on 1900-01-01 at 00:00."
                : "Dates and times of day are the true ones.",
            options.hasStrapIDs ? "IDs printed on straps stand in it." : "IDs printed on straps were left out.",
            options.hasText
                ? "Marks, notes and answers in own words stand in it as they were written."
                : "Texts of marks and notes and answers in own words were left out.",
        ]
        if options.minCell > 0 {
            lines.append("Figures of groups with fewer than \(options.minCell) codes are hidden in group tables.")
        }
        return lines
    }
}
