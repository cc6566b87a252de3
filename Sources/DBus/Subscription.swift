/// A stream of signals somebody listens to.
struct Subscription {
    /// What it wants to hear.
    let rules: [MatchRule]
    /// Where its signals go.
    let continuation: AsyncStream<Signal>.Continuation
}
