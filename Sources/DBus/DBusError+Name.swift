extension DBusError {
    /// The error names this library gives or looks at (D-Bus specification, "Standard error names" of the reference
    /// implementation, `dbus-protocol.h`).
    public enum Name {
        /// Something went wrong that has no name of its own.
        public static let failed = "org.freedesktop.DBus.Error.Failed"
        /// No reply came within the deadline.
        public static let noReply = "org.freedesktop.DBus.Error.NoReply"
        /// The connection to the bus is gone.
        public static let disconnected = "org.freedesktop.DBus.Error.Disconnected"
        /// No bus listens at the address.
        public static let noServer = "org.freedesktop.DBus.Error.NoServer"
        /// A file, such as the bus's socket, does not exist.
        public static let fileNotFound = "org.freedesktop.DBus.Error.FileNotFound"
        /// The address of a bus cannot be understood.
        public static let badAddress = "org.freedesktop.DBus.Error.BadAddress"
        /// Nobody owns the name and nobody can be started for it.
        public static let serviceUnknown = "org.freedesktop.DBus.Error.ServiceUnknown"
        /// Nobody owns the name.
        public static let nameHasNoOwner = "org.freedesktop.DBus.Error.NameHasNoOwner"
        /// The policy of the bus, or the service, forbids it.
        public static let accessDenied = "org.freedesktop.DBus.Error.AccessDenied"
        /// A limit of the bus or of the kernel was reached.
        public static let limitsExceeded = "org.freedesktop.DBus.Error.LimitsExceeded"
        /// Arguments do not fit.
        public static let invalidArguments = "org.freedesktop.DBus.Error.InvalidArgs"
        /// The object at this path does not exist.
        public static let unknownObject = "org.freedesktop.DBus.Error.UnknownObject"
        /// The object has no such interface.
        public static let unknownInterface = "org.freedesktop.DBus.Error.UnknownInterface"
        /// The interface has no such method.
        public static let unknownMethod = "org.freedesktop.DBus.Error.UnknownMethod"
        /// The interface has no such property, or it has no value now.
        public static let unknownProperty = "org.freedesktop.DBus.Error.UnknownProperty"
        /// The property cannot be set.
        public static let propertyReadOnly = "org.freedesktop.DBus.Error.PropertyReadOnly"
        /// An object or interface is exported at this path already.
        public static let objectPathInUse = "org.freedesktop.DBus.Error.ObjectPathInUse"
        /// A message came in that could not be understood.
        public static let inconsistentMessage = "org.freedesktop.DBus.Error.InconsistentMessage"
        /// Memory ran out.
        public static let noMemory = "org.freedesktop.DBus.Error.NoMemory"
        /// A process could not be started.
        public static let spawnFailed = "org.freedesktop.DBus.Error.Spawn.Failed"
        /// The waiting task was cancelled; what was asked for may still happen.
        public static let cancelled = "org.freedesktop.DBus.Local.Cancelled"
        /// Another connection owns the requested name and does not give it up.
        public static let nameTaken = "org.freedesktop.DBus.Local.NameTaken"
    }
}
