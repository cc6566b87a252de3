import Testing

/// An exported session.
struct Bundle {
    var scratch: Scratch
    var folder: String
    var packets: Table
    var beats: Table
    var coherence: Table

    /// The columns that each table must have, in this order.
    static let columns: [String: String] = [
        "packets.csv":
            "session,code,packet,t_s,utc,strap,raw_hex,heart_rate,contact,energy_kj,rr_count,warning",
        "beats.csv": "schema,session,code,seq,t_s,rr_1024,rr_ms,contact,flag,label,phase,segment,packet",
        "coherence.csv": "session,code,t_s,score,pct,ratio,peak_hz,band,clean,reason",
        "phases.csv": "session,phase,er,start_s,end_s,feedback,pacer_rate,in_s,out_s,hold_s",
        "markers.csv": "session,t_s,scope,code,kind,text",
        "links.csv": "session,code,segment,strap,event,t_s,rssi,battery",
        "change.csv": "code,from,to,measure,before,after,delta,used,reason",
        "group.csv": "measure,n,median_delta,up,down,dz,g,ci_lo,ci_hi,rbc,reason",
        "group_coherence.csv": "session,phase,pacer_rate,locking,resultant,codes,updates,reason",
        "codebook.csv": "file,column,type,unit,range,meaning",
    ]

    /// The files beside them.
    static let others = [
        "session.json", "summary.csv", "summary_wide.csv", "README.txt", "METHODS.md", "SHA256SUMS",
    ]

    /// Exports a session into a folder of `scratch`, in place of an earlier export, and reads it.
    init(of session: String, data: String, in scratch: Scratch) async throws {
        let folder = "export-\(session)"
        let ending = try await Program.entrain(
            "export", session, "--to", scratch.path(folder), "--force", "--data", data)
        try #require(ending.status == 0, "\(ending)")
        self.scratch = scratch
        self.folder = folder
        packets = try Table(scratch.text("\(folder)/packets.csv"))
        beats = try Table(scratch.text("\(folder)/beats.csv"))
        coherence = try Table(scratch.text("\(folder)/coherence.csv"))
    }

    /// A file of it.
    func text(_ name: String) -> String { scratch.text("\(folder)/\(name)") }

    /// Beats by the strap that sent them: packets.csv says which strap a code's packet came from.
    func ticksByStrap() throws -> [String: [Int]] {
        var straps: [String: String] = [:]
        for packet in packets.rows { straps["\(packet["code"] ?? "") \(packet["packet"] ?? "")"] = packet["strap"] }
        var ticks: [String: [Int]] = [:]
        for beat in beats.rows {
            let strap = try #require(straps["\(beat["code"] ?? "") \(beat["packet"] ?? "")"], "\(beat)")
            ticks[strap, default: []].append(try #require(Int(beat["rr_1024"] ?? "")))
        }
        return ticks
    }

    /// Packets by the strap that sent them, as the intervals in their raw bytes.
    func intervalsByStrap() throws -> [String: [[Int]]] {
        var intervals: [String: [[Int]]] = [:]
        for packet in packets.rows {
            intervals[packet["strap"] ?? "", default: []].append(try RawPacket(packet["raw_hex"] ?? "").intervals)
        }
        return intervals
    }
}
