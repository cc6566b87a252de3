/// What a strap says of skin contact (Heart Rate Service 1.0, 3.1.1.1.2).
///
/// A hint for people; it never gates a number.
public enum Contact: String, Sendable, Hashable, CaseIterable {
    /// The strap can tell, and there is contact.
    case yes
    /// The strap can tell, and there is none.
    case no
    /// The strap cannot tell.
    case unknown
}
