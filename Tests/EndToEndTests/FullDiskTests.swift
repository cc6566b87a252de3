import Glibc
import Testing

extension EndToEnd {
    @Suite("A full disk", .enabled(if: TinyDisk.isPossible)) struct FullDiskTests {
        let scratch: Scratch
        let disk: TinyDisk

        init() throws {
            scratch = try Scratch()
            disk = try #require(TinyDisk(in: scratch, kilobytes: 2048))
        }

        @Test("a data folder on a full disk is said to be full")
        func fromTheStart() async throws {
            fill(leaving: 16)
            let mishap = Mishap("group new G1 --data %/disk/data", 1, "is full", "Free some space")
            mishap.check(try await mishap.happen(in: scratch), in: scratch)
        }

        @Test("a disk that fills up loses nothing: the session waits until there is room again")
        func meanwhile() async throws {
            let data = scratch.path("disk/data")
            let straps = try await Simulation(straps: 4, speed: 20, in: scratch)
            let session = try straps.entrain(
                "session", "start", "G1", "--size", "4", "--any", "--consent-on-paper", "--minutes", "1.5",
                "--screen", "plain", "--data", data)
            try await session.waits { try straps.truth().notifications.count > 20 }
            fill(leaving: 0)
            try await session.waits { session.output.contains("session ended") }
            try await session.waits { session.errors.contains("Ctrl-C") }
            #expect(session.output.contains("cannot be written at the moment"))
            unlink(scratch.path("disk/filler"))
            let ending = try await session.ended()
            #expect(ending.status == 0, "\(ending)")
            let list = try await SessionList(data: data)
            #expect(list.states == ["ended"])
            let bundle = try await Bundle(of: try #require(list.only), data: data, in: scratch)
            let kept = try bundle.intervalsByStrap()
            let sent = try straps.truth()
            #expect(sent.byStrap.count == 4)
            for (strap, sent) in sent.byStrap { #expect(kept[strap] == sent.map(\.rr_1024), "\(strap)") }
        }

        @Test("who cannot wait for room is told what is lost, and the rest is kept")
        func givenUp() async throws {
            let data = scratch.path("disk/data")
            let straps = try await Simulation(straps: 4, speed: 20, in: scratch)
            let session = try straps.entrain(
                "session", "start", "G1", "--size", "4", "--any", "--consent-on-paper", "--minutes", "60",
                "--screen", "off", "--data", data)
            try await session.waits { try straps.truth().notifications.count > 20 }
            fill(leaving: 0)
            let before = try straps.truth().newest
            try await session.waits { try straps.truth().newest > before + 40 }
            session.send(SIGINT)
            try await session.waits { session.errors.contains("Ctrl-C") }
            session.send(SIGINT)
            let ending = try await session.ended()
            #expect(ending.status == 1, "\(ending)")
            #expect(ending.errors.contains(/\d+ rows of this session are not written/), "\(ending)")
            #expect(try await SessionList(data: data).states == ["interrupted"])
        }

        /// Writes a file until hardly any room is left.
        private func fill(leaving kilobytes: Int) {
            let descriptor = open(scratch.path("disk/filler"), O_WRONLY | O_CREAT | O_APPEND, 0o600)
            let block = [UInt8](repeating: 0, count: 4096)
            var written = 0
            while case let count = write(descriptor, block, block.count), count > 0 { written += count }
            ftruncate(descriptor, off_t(max(0, written - kilobytes * 1024)))
            close(descriptor)
        }
    }
}
