import Testing

extension EndToEnd.RecordingTests {
    @Test("the export is the files of the format, for the owner's eyes only")
    func files() throws {
        let bundle = recording.bundle
        let names = Bundle.columns.keys + Bundle.others
        #expect(try bundle.scratch.files(in: bundle.folder) == names.sorted())
        #expect(try bundle.scratch.rights(of: bundle.folder) == "700")
        for name in names { #expect(try bundle.scratch.rights(of: "\(bundle.folder)/\(name)") == "600", "\(name)") }
        #expect(try bundle.scratch.rights(of: "data") == "700")
        for name in try bundle.scratch.files(in: "data") {
            #expect(try bundle.scratch.rights(of: "data/\(name)") == "600", "\(name)")
        }
    }

    @Test("each table has exactly the columns that were promised", arguments: Bundle.columns.keys.sorted())
    func columns(file: String) throws {
        let text = recording.bundle.text(file)
        #expect(text.prefix { $0 != "\n" } == Bundle.columns[file] ?? "")
        #expect(!text.contains("\r"))
        #expect(try !Table(text).rows.isEmpty)
    }

    @Test("summary.csv has one row for each code and phase, and a reason for every empty number")
    func summary() throws {
        let summary = try Table(recording.bundle.text("summary.csv"))
        #expect(summary.cells("code") == (1...8).map { "G-0\($0)" })
        #expect(Set(summary.cells("phase")) == ["practice"])
        for row in summary.rows {
            for (column, cell) in row where cell.isEmpty && column != "reason" {
                #expect(row["reason"]?.isEmpty == false, "\(row["code"] ?? ""): \(column)")
            }
        }
    }

    @Test("the codebook names every column of every table, in order")
    func codebook() throws {
        let codebook = try Table(recording.bundle.text("codebook.csv")).rows(by: "file")
        #expect(Set(codebook.keys) == Set(Bundle.columns.keys).union(["summary.csv", "summary_wide.csv"]))
        for (file, entries) in codebook {
            let columns = try Table(recording.bundle.text(file)).columns
            #expect(entries.compactMap { $0["column"] } == columns, "\(file)")
            #expect(entries.allSatisfy { $0["meaning"]?.isEmpty == false && $0["type"]?.isEmpty == false }, "\(file)")
        }
    }

    @Test("session.json says what is needed to repeat the session and its numbers")
    func sessionJSON() throws {
        let json = try JSON(recording.bundle.text("session.json"))
        #expect(json["schema"]?.string == "entrain.session/1")
        #expect(json["session"]?.string == recording.session)
        #expect(json["seconds"]?.number == 180)
        #expect(json["clock"]?["rate"]?.number == 10)
        #expect(json["codes"]?.elements.count == 8)
        #expect(json["devices"]?.elements.count == 8)
        #expect(json["script"]?["phases"]?.elements.count == 1)
        #expect(json["phases"]?.elements.first?["pacer"]?["rate"]?.number == 6)
        #expect(json["algorithms"]?["coherence"]?["definition"]?.string == "open-coherence-1")
        for name in ["tool", "started", "zone", "adapters", "group"] { #expect(json[name] != nil, "\(name)") }
    }

    @Test("no Bluetooth address leaves the machine")
    func addresses() throws {
        #expect(recording.truth.addresses.count == 8)
        for file in try recording.bundle.scratch.files(in: recording.bundle.folder) {
            let text = recording.bundle.text(file).lowercased()
            for address in recording.truth.addresses {
                #expect(!text.contains(address.lowercased()), "\(file)")
                #expect(!text.contains(address.lowercased().filter { $0 != ":" }), "\(file)")
            }
        }
    }

    @Test("the session is listed in one line of JSON, and exported again byte by byte")
    func again() async throws {
        let listed = try await SessionList(data: recording.data).sessions
        #expect(listed.count == 1)
        let names = ["beats", "codes", "group", "minutes", "session", "started", "state"]
        #expect(listed[0].names == names)
        #expect(listed[0]["codes"]?.number == 8 && listed[0]["minutes"]?.number == 3)
        #expect(listed[0]["beats"]?.number == Double(recording.bundle.beats.rows.count))
        #expect(listed[0]["state"]?.string == "ended" && listed[0]["group"]?.string == "G")
        let again = try await Bundle(of: recording.session, data: recording.data, in: Scratch())
        for file in try recording.bundle.scratch.files(in: recording.bundle.folder) {
            #expect(again.text(file) == recording.bundle.text(file), "\(file)")
        }
    }

    @Test("the summary is told as a table and as JSON, and a code without beats says why it has no number")
    func show() async throws {
        let table = try await Program.entrain("session", "show", recording.session, "--data", recording.data)
        #expect(table.status == 0)
        #expect((1...8).allSatisfy { table.output.contains("G-0\($0)") }, "\(table)")
        #expect(table.output.contains("no beats"), "\(table)")
        let line = try await Program.entrain("session", "show", recording.session, "--json", "--data", recording.data)
        let json = try JSON(line.output)
        #expect(json["v"]?.number == 1 && json["type"]?.string == "summary")
        #expect(json["codes"]?.elements.count == 8)
        // A session of one open phase has no baseline, so nothing counts as a change, and each code says why.
        #expect(json["effects"]?.elements.map { $0["n"]?.number } == [0, 0, 0])
        #expect(json["changes"]?.elements.count == 24)
        for change in json["changes"]?.elements ?? [] {
            #expect(change["delta"] == .null && change["reason"]?.string?.isEmpty == false, "\(change)")
        }
        for code in json["codes"]?.elements ?? [] where code["practice"] == .null {
            #expect(code["reason"]?.string?.isEmpty == false, "\(code)")
        }
    }
}
