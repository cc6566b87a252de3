/// What a virtual strap says of skin contact in bits 1 and 2 of its packets (Heart Rate Service 1.0, 3.1.1.1.2).
public enum ContactReport: String, Sendable, Hashable, CaseIterable {
    /// Nothing: bit 2 is clear.
    case none
    /// It can tell, and there is contact.
    case yes
    /// It can tell, and there is none.
    case no
}
