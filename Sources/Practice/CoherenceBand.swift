public import HRV

/// Low, medium or high, as the score's own bands have it.
public typealias CoherenceBand = CoherenceBands.Band
