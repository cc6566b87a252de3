import Practice
import Screens
import Testing

struct ScriptTextTests {
    @Test("a script is a table of its phases: what is seen, the pacer, and what the length allows")
    func table() throws {
        let expected = """
             quick-10 · ten minutes for a group that knows the practice
             10 min and what is open · 4 phases · 1 baseline
             Phase       Length  Student sees  Pacer    Long enough for
             fit         open    strap only    –        none
             baseline    3 min   nothing       –        RMSSD coherence SDNN
             practice-1  5 min   own heart     6.0/min  RMSSD coherence SDNN LF LF/HF
             recovery    2 min   nothing       –        RMSSD coherence SDNN

            """
        #expect(ScriptText.text(of: .quick10) == expected)
        #expect(ScriptText.text(of: .pal30).contains("nothing, may skip"))
    }

    @Test("no script of the program is wider than a window", arguments: Script.builtIn)
    func width(_ script: Script) {
        let text = ScriptText.text(of: script) + ScriptText.list(Script.builtIn)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test("a purpose that would steer the terminal does not")
    func hostile() {
        var script = Script.quick10
        script.purpose = "a\u{1B}[2Jb"
        #expect(!ScriptText.text(of: script).contains("\u{1B}"))
    }
}
