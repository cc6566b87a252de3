import Formats
import Practice
import Testing

@Suite("Pairing as JSON") struct PairingJSONTests {
    private static let strap = StrapIdentity(address: "A0:9E:1A:00:00:01", name: "Polar H10 A1B2C3D4")
    private static let nameless = StrapIdentity(address: "A0:9E:1A:00:00:02", name: "")

    private func view(_ stage: PairingView.Stage, _ seats: [PairingView.Seat], now: Int?) throws -> PairingView {
        let group = try GroupName("G1")
        var view = PairingView(group: group, code: try now.map { try Code(group: group, place: $0) }, stage: stage)
        view.places = try seats.enumerated().map { index, seat in
            .init(code: try Code(group: group, place: index + 1), seat: seat)
        }
        view.size = seats.count
        return view
    }

    @Test("what changes is told, in order: places, messages, the question")
    func story() throws {
        let looking = try view(.looking, [.open, .open], now: 1)
        #expect(
            PairingJSON.lines(from: nil, to: looking) == [
                #"{"v":1,"type":"question","code":"G1-01","stage":"looking"}"#
            ])
        #expect(PairingJSON.lines(from: looking, to: looking).isEmpty)
        let offered = try view(.offered(Self.strap, lead: 26), [.open, .open], now: 1)
        #expect(
            PairingJSON.lines(from: looking, to: offered) == [
                """
                {"v":1,"type":"question","code":"G1-01","stage":"offered","strap":"Polar H10 A1B2C3D4","id":"A1B2C3D4"}
                """
            ])
        var given = try view(.looking, [.worn(Self.strap, heartRate: 60, clean: 1), .open], now: 2)
        given.message = "G1-01 wears it."
        #expect(
            PairingJSON.lines(from: offered, to: given) == [
                """
                {"v":1,"type":"place","code":"G1-01","state":"given","strap":"Polar H10 A1B2C3D4","id":"A1B2C3D4"}
                """, #"{"v":1,"type":"message","text":"G1-01 wears it."}"#,
                #"{"v":1,"type":"question","code":"G1-02","stage":"looking"}"#,
            ])
        var beating = given
        beating.places[0].seat = .worn(Self.strap, heartRate: 61, clean: 0.9)
        #expect(PairingJSON.lines(from: given, to: beating).isEmpty, "numbers are no news")
        let done = try view(.done, [.lost(Self.strap), .absent], now: nil)
        #expect(
            PairingJSON.lines(from: beating, to: done) == [
                """
                {"v":1,"type":"place","code":"G1-01","state":"lost","strap":"Polar H10 A1B2C3D4","id":"A1B2C3D4"}
                """, #"{"v":1,"type":"place","code":"G1-02","state":"absent"}"#,
            ])
    }

    @Test("where a group stands already is told at the beginning; an address is never told")
    func beginning() throws {
        let stages: [(PairingView.Stage, String)] = [
            (.waitingForStart, #""stage":"waiting_for_start"}"#), (.waitingForID, #""stage":"waiting_for_id"}"#),
            (.close([Self.strap, Self.nameless]), #""stage":"close","ids":["A1B2C3D4","0002"]}"#),
            (.checking(Self.nameless), #""stage":"checking","strap":"strap 0002","id":"0002"}"#),
        ]
        for (stage, end) in stages {
            let lines = PairingJSON.lines(from: nil, to: try view(stage, [.given(Self.nameless), .later], now: 2))
            #expect(
                lines == [
                    #"{"v":1,"type":"place","code":"G1-01","state":"given","strap":"strap 0002","id":"0002"}"#,
                    #"{"v":1,"type":"place","code":"G1-02","state":"later"}"#,
                    #"{"v":1,"type":"question","code":"G1-02","# + end,
                ])
        }
    }

    @Test("the end says who has none")
    func end() throws {
        var roster = try Roster(group: GroupName("G1"), size: 4)
        roster.members[0].strap = Self.strap
        roster.members[1].consent = .no
        #expect(
            PairingJSON.end(roster)
                == #"{"v":1,"type":"end","group":"G1","done":1,"of":3,"open":["G1-03","G1-04"]}"#)
    }
}
