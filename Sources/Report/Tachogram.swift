internal import HRV
internal import HeartRate
internal import Practice

/// The time between beats over the session: beats as steps, odd ones marked by a cross, gaps left open.
struct Tachogram {
    let person: PersonRecord

    private var beats: [(end: Double, rr: Double, segment: Int, label: BeatLabel)] {
        zip(person.replay.beats, person.replay.labels).compactMap { beat, label in
            beat.end.map { ($0, beat.milliseconds, beat.segment, label) }
        }
    }

    var drawing: Drawing {
        let beats = beats
        let top = SessionGround.nameHeight + 8
        let frame = Frame(
            x: 0...max(1, person.seconds), y: Self.range(of: beats.map(\.rr)), top: top, bottom: top + 190)
        let ground = SessionGround(spans: person.spans, seconds: person.seconds)
        var drawing = Drawing(
            title: "Time between beats over the session", description: description, height: top + 190 + 40)
        ground.draw(frame, in: &drawing)
        frame.drawUpright(frame.y.ticks(6), places: 0, label: "ms", in: &drawing)
        for stretch in Self.stretches(beats.map(\.segment)) { draw(beats[stretch].map { $0 }, frame, in: &drawing) }
        ground.drawMinutes(frame, in: &drawing)
        return drawing
    }

    private func draw(
        _ beats: [(end: Double, rr: Double, segment: Int, label: BeatLabel)], _ frame: Frame,
        in drawing: inout Drawing
    ) {
        var points: [(x: Double, y: Double)] = []
        for beat in beats {
            points.append(frame.point(beat.end - beat.rr / 1000, beat.rr))
            points.append(frame.point(beat.end, beat.rr))
        }
        drawing.curve(points, colour: Palette.practice, width: 1)
        for beat in beats where beat.label != .normal {
            let place = frame.point(beat.end, beat.rr)
            drawing.cross(x: place.x, y: place.y, colour: Palette.mark)
        }
    }

    /// The numbers in words.
    var description: String {
        let beats = beats
        guard let least = beats.map(\.rr).min(), let most = beats.map(\.rr).max() else { return "No beats." }
        let odd = beats.count { $0.label != .normal }
        let gaps = person.replay.beats.count { $0.flag == .gapBefore }
        return
            "\(beats.count) beats between \(Figures.fixed(least, places: 0)) and \(Figures.fixed(most, places: 0)) ms, "
            + "\(odd) of them odd, \(gaps) \(gaps == 1 ? "gap" : "gaps")."
    }

    /// Values from which the axis is made: the middle 98 of 100 with room, so that one odd beat does not flatten all.
    private static func range(of intervals: [Double]) -> ClosedRange<Double> {
        guard !intervals.isEmpty else { return 400...1200 }
        let ordered = intervals.sorted()
        let low = ordered[ordered.count / 100]
        let high = ordered[ordered.count - 1 - ordered.count / 100]
        let room = max(20, (high - low) * 0.15)
        return (low - room)...(high + room)
    }

    /// Runs of the same segment.
    private static func stretches(_ segments: [Int]) -> [Range<Int>] {
        var stretches: [Range<Int>] = []
        var start = 0
        for index in segments.indices where index + 1 == segments.count || segments[index + 1] != segments[index] {
            stretches.append(start..<(index + 1))
            start = index + 1
        }
        return stretches
    }
}
