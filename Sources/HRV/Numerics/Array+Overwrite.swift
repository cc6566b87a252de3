extension [Double] {
    /// Copies the values of an array of the same length into the storage that is there.
    mutating func overwrite(with other: [Double]) {
        for index in indices { self[index] = other[index] }
    }
}
