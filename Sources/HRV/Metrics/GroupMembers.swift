/// Which templates each group holds at present; coming and going take one step.
struct GroupMembers {
    private let groups: [Int]
    private let starts: [Int]
    private var filled: [Int]
    private var members: [Int32]
    private var places: [Int32]

    /// Empty groups; `groups` says for each template which of the `count` groups is its own.
    init(groups: [Int], count: Int) {
        var starts = [Int](repeating: 0, count: count + 1)
        for group in groups { starts[group + 1] += 1 }
        for group in 0..<count { starts[group + 1] += starts[group] }
        self.groups = groups
        self.starts = starts
        filled = [Int](repeating: 0, count: count)
        members = [Int32](repeating: 0, count: groups.count)
        places = members
    }

    mutating func insert(_ template: Int) {
        let group = groups[template]
        let place = starts[group] + filled[group]
        members[place] = Int32(template)
        places[template] = Int32(place)
        filled[group] += 1
    }

    /// Takes out a template that is in; the group's last member takes its place.
    mutating func remove(_ template: Int) {
        let group = groups[template]
        filled[group] -= 1
        let last = members[starts[group] + filled[group]]
        let place = places[template]
        members[Int(place)] = last
        places[Int(last)] = place
    }

    /// How many members of a group meet a condition; 0 for no group.
    @inline(__always)
    func count(in group: Int?, where condition: (Int) -> Bool) -> Int {
        guard let group else { return 0 }
        return members.withUnsafeBufferPointer { members in
            var found = 0
            for place in starts[group]..<(starts[group] + filled[group]) where condition(Int(members[place])) {
                found += 1
            }
            return found
        }
    }
}
