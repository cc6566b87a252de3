/// Why something could not be kept, found or read back: what, where, and what to do next.
public struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The data folder cannot be made or written.
        case unwritableFolder
        /// No room is left on the disk.
        case diskFull
        /// The file was written by a later version of the program.
        case newerSchema
        /// The file was written by an earlier version of the program, and cannot be brought up to date where it is.
        case olderSchema
        /// The file was written by an earlier version of the program, and bringing it up to date failed.
        case upgradeFailed
        /// The file is no database of ours, or was damaged.
        case damaged
        /// Another process kept the file for too long.
        case busy
        /// The folder that was to be new holds a store already.
        case folderInUse
        /// The disk or the system refused.
        case inputOutput
        /// A group of that name is there already.
        case groupExists
        /// The group has as many places as codes can name.
        case groupFull
        /// No such group.
        case unknownGroup
        /// The group has no such code.
        case unknownCode
        /// The strap belongs to another code.
        case strapTaken
        /// The kit of this room gives the strap to another one.
        case strapElsewhere
        /// Another strap has that label.
        case labelTaken
        /// The account is tied to another code of the group.
        case accountTaken
        /// No such session.
        case unknownSession
        /// Not a name for a session.
        case badSessionName
        /// The session is running in some process.
        case sessionRunning
        /// A session of that group is running in some process.
        case groupRunning
        /// A recording that was imported before, or whose beats lie where others of that code are.
        case badImport
        /// A correction that would mix two people's beats, or keep what nobody agreed to.
        case badReassignment
        /// The session is sealed, and no key was given.
        case sealed
        /// The session is sealed for other keys than the one that was given.
        case otherKey
        /// The session was broken off and not recovered yet.
        case sessionInterrupted
        /// It must be kept until a day that has not come.
        case mustKeep
    }

    /// What went wrong.
    public let kind: Kind
    /// On what: a path, or the name of a group, a code or a session.
    public let subject: String
    /// What the system said, or whom a strap belongs to; empty when there is nothing to add.
    public let detail: String

    /// Makes an error.
    public init(_ kind: Kind, _ subject: String, detail: String = "") {
        self.kind = kind
        self.subject = subject
        self.detail = detail
    }

    /// What went wrong, where, and what to do next.
    public var description: String {
        switch kind {
        case .unwritableFolder, .diskFull, .newerSchema, .olderSchema, .upgradeFailed, .damaged, .busy, .folderInUse,
            .inputOutput:
            aboutFiles
        case .groupExists, .groupFull, .unknownGroup, .unknownCode, .strapTaken, .strapElsewhere, .labelTaken,
            .accountTaken, .unknownSession, .badSessionName, .sessionRunning, .groupRunning, .badImport,
            .badReassignment:
            aboutNames
        case .sealed, .otherKey, .sessionInterrupted, .mustKeep: aboutSealing
        }
    }

    private var aside: String { detail.isEmpty ? "" : " (\(detail))" }

    private var aboutFiles: String {
        switch kind {
        case .unwritableFolder:
            "The data folder \(subject) cannot be written\(aside). Choose another with --data DIR, or give yourself "
                + "the right to write there. Nothing was lost."
        case .diskFull:
            "The disk that holds \(subject) is full. Free some space and try again. "
                + "Everything written before is safe."
        case .newerSchema:
            "\(subject) was written by a newer version of entrain. Install that version, or choose another folder "
                + "with --data DIR. The file was not touched."
        case .olderSchema:
            "\(subject) was written by an older version of entrain and must be brought up to date first, but it cannot be "
                + "written. Copy its folder to a place that you can write, and choose that with --data DIR. Nothing was "
                + "lost."
        case .upgradeFailed:
            "\(subject) was written by an older version of entrain, and could not be brought up to date\(aside). Keep a "
                + "copy of both files and go on with the version you had. Nothing was lost."
        case .damaged:
            "\(subject) is damaged or is no database of entrain\(aside). Keep a copy of it. What can still be read goes "
                + "into a new folder with:  entrain store rescue --to DIR  The file was not touched."
        case .folderInUse:
            "The folder \(subject) holds sessions already. Choose a folder that is empty or not there yet. Nothing was "
                + "written."
        case .busy:
            "Another program has been using \(subject) for too long\(aside). End that program or try again. "
                + "Nothing was lost."
        default:
            "\(subject) cannot be read or written\(aside). Check the disk and its rights, then try again. "
                + "Everything written before is safe."
        }
    }

    private var aboutNames: String {
        switch kind {
        case .groupExists:
            "There is a group \(subject) already. Choose another name, or use it as it is: entrain group show \(subject)"
        case .groupFull:
            "The group \(subject) has 99 places already. Make another one: entrain group new \(subject)b --size 8"
        case .unknownGroup:
            "There is no group \(subject). Make it with: entrain group new \(subject) --size 8"
        case .unknownCode:
            "There is no code \(subject). See the codes there are:  entrain group show \(subject.prefix { $0 != "-" })"
        case .strapTaken:
            "The strap \(subject) belongs to \(detail). Choose another strap, or take it from \(detail) first."
        case .strapElsewhere:
            "The strap \(subject) belongs to another room, says this room's kit. Choose another strap, or take a new kit "
                + "from the facilitator."
        case .labelTaken:
            "The label '\(subject)' belongs to the strap \(detail). Choose another, or take it away first: "
                + "entrain strap label \(detail) -"
        case .accountTaken:
            "The account \(subject) is tied to \(detail) already. Choose another, or take it away first: "
                + "entrain group bind \(detail) --none"
        case .unknownSession:
            "There is no session \(subject). See the sessions there are:  entrain session list"
        case .badSessionName:
            "'\(subject)' is not a name for a session\(aside). Use a day and a group, such as 20260804-G1."
        case .badImport:
            "\(subject) was not imported: \(detail) See the sessions there are: entrain session list"
        case .badReassignment:
            "\(subject) cannot be corrected so: \(detail) See the session as it is: entrain session show \(subject)"
        case .groupRunning:
            "A session of \(subject) is running already: \(detail). Stop it first (entrain session stop), or lead another "
                + "group."
        default:
            "The session \(subject) is still running. Stop it first, then try again."
        }
    }
}
