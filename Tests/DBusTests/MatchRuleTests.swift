import DBus
import Testing

@Suite("Match rules are written as the bus reads them")
struct MatchRuleTests {
    @Test(
        "only what is set stands in the rule, and apostrophes are taken care of",
        arguments: [
            (MatchRule(), "type='signal'"),
            (
                MatchRule(sender: "org.bluez", pathNamespace: ObjectPath(literal: "/org/bluez"), interface: "a.b"),
                "type='signal',sender='org.bluez',path_namespace='/org/bluez',interface='a.b'"
            ),
            (MatchRule(path: .root, member: "C", arg0: "it's"), "type='signal',path='/',member='C',arg0='it'\\''s'"),
            (MatchRule(arg0Namespace: "org.bluez"), "type='signal',arg0namespace='org.bluez'"),
        ])
    func rule(_ rule: MatchRule, _ expected: String) {
        #expect(rule.rule == expected)
    }
}
