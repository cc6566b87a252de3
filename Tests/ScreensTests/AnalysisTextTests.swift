import HRV
import Terminal
import Testing

@testable import Screens

@Suite("An analysis as text and pictures") struct AnalysisTextTests {
    private static let text = AnalysisText.text(AnalysisFixture.analysis, name: "rest.txt")

    @Test("the text begins with the file, its beats and gaps, and what was odd")
    func head() {
        let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false).prefix(7).joined(separator: "\n")
        #expect(
            lines == """
                 rest.txt
                 424 beats, 6 min 1 s, 1 gap
                 odd beats: 1 (0.2 %), corrected: missed 1

                 Time                                      all beats, no difference across a gap
                   mean_nn             848.8  ms      mean interval
                   median_nn           849.0  ms      median interval
                """)
    }

    @Test("what cannot be given says why where its number would stand")
    func reasons() {
        #expect(
            Self.text.contains(
                """
                 Frequency, Welch, smoothness priors   longest stretch without a gap, 3 min 59 s
                   vlf                     –          needs 300 s of beats, has 239 s
                   lf                      –          needs 250 s of beats, has 239 s
                   hf                  59.87  ms^2    0.15 to 0.4 Hz
                   total                   –          needs 300 s of beats, has 239 s
                """))
    }

    @Test("the coherence list is summed up by bands, and what has no score is counted")
    func coherence() {
        #expect(
            Self.text.hasSuffix(
                """
                 Coherence, open-coherence-1
                   mean                 4.78          mean score of 46 updates, one every 5 s
                   highest              5.25          highest score
                   pct                 82.03  %       mean share of the peak
                   low                   0.0  %       of the updates, below 0.6
                   medium                0.0  %       of the updates, from 0.6 to below 2.1
                   high                100.0  %       of the updates, from 2.1 on
                   no score               13          updates too soon after a gap

                """))
    }

    @Test("no line is wider than 80 columns, whatever the file is called")
    func width() {
        let name = String(repeating: "a long name ", count: 20)
        let text =
            AnalysisText.text(AnalysisFixture.analysis, name: name)
            + AnalysisText.windowHeading(name: name, AnalysisFixture.analysis)
            + AnalysisText.windowRow(AnalysisFixture.analysis, 0...86_400)
            + AnalysisText.explanation([name, "short"], name: name)
        let widest = text.split(separator: "\n").map { DisplayWidth.of($0) }.max()
        #expect(widest == 80)
    }

    @Test("a domain whose metrics all lack a value for one reason is one line")
    func oneReason() {
        let text = AnalysisText.text(Analysis(BeatSeries(rr: [812, 790])), name: "x")
        #expect(text.contains("\n Frequency, Lomb-Scargle: needs 4 beats without a gap\n"))
        #expect(text.contains("\n Coherence, open-coherence-1: needs 68 s more\n"))
    }

    @Test("windows stand under each other, numbers to the right")
    func windows() {
        let prepared = PreparedSeries(AnalysisFixture.series)
        let rows = [0...120, 230.0...262].map { window in
            AnalysisText.windowRow(Analysis(prepared, window: window), window)
        }
        let heading = AnalysisText.windowHeading(name: "rest.txt", Analysis(prepared, window: 0...120))
        #expect(
            heading + rows.joined() == """
                 rest.txt, odd beats corrected
                 from     to        beats odd %    HR  RMSSD   SDNN     LF     HF SampEn coher.
                 00:00    02:00       140   0.7  70.7  17.10  26.03      –  64.55   1.22   3.69
                 03:50    04:22        13   0.0  70.2      –      –      –      –      –      –

                """)
    }
}

@Suite("Pictures of an analysis") struct AnalysisPlotTests {
    @Test("the four pictures at 60 columns")
    func pictures() {
        #expect(
            AnalysisPlot.text(AnalysisFixture.analysis, columns: 60) == """
                 Tachogram, ms
                    916 │         ⢠⢰⡀⡀ ⣇⡄⡀⢀⢸ ⡄ ⢰ ⡇⢀⢀ ⡄⢀⢀   ⢠ ⡄ ⢰ ⡇ ⢀ ⡇⡄  ⡄⣠
                        │        ⡆⣾⢸⡇⡇⣼⣿⡇⡇⣾⢸⡆⡇⣴⢸⡆⡇⣾⢸ ⡇⣼⢸   ⠘⡄⡇⣦⢸ ⡇⣼⢸⢸⡇⣿⢰⢠⡇⣿⢰
                        │ ⢠ ⡀⡀⢠ ⡀⣧⣿⢸⡇⣿⡟⣿⡇⡇⣿⢸⡇⣇⣿⢸⡇⡇⣿⢸⡇⡇⣿⢸⣄   ⣿⡇⣿⢸⣠⡇⣿⢸⢸⡇⣿⢸⣼⡇⣿⢸
                        │⣷⣼⣴⣇⣿⣼⣴⣇⢿⣿⢸⣿⢸⡇⣿⣷⢱⣿⢸⣿⢸⣿⢸⣧⡇⣿⢸⣿⢣⣿⢸⣿   ⣿⡇⣿⢸⣿⡇⣿⢸⣿⡇⣿⡇⣿⡇⣿⡎
                        │⢸⡟⡿⣿⢸⠋⡇⢿⢸⡇⡟⣿⢸⡇⡿⣿⢸⡟⡜⣿⢸⣿⢸⣿⢸⣿⡜⣿⢸⣿⢸⣿   ⣿⢣⣿⡇⣿⢱⣿⡎⣿⢳⢹⡇⣿⢸⢿⡇
                        │⠈ ⠁ ⠈ ⠃ ⢸⡇⡇⢹⢸⡇⡇⣿⢸⡇⡇⢿⢸⡿⡇⣿⢸⡏⡇⣿⢸⡿⡇⣿   ⣿⢸⣿⡇⣿⢸⢿⡇⣿⢸⢸⡇⣿⢸⢸⡇
                        │        ⢸⠃⡇⢸⠘ ⡇⢹⠸⠃⡇⢸⢸⠃⡇⣿⢸⡇⠃⣿⢸⠁⡇⣿   ⣿⠸⠁⡇⣿⢸⠘⠇⡿⢸ ⠇⡇⢸⠈⠇
                    781 │          ⡇⠘  ⠃⠘  ⠁⠸   ⢹⠘  ⠃⠘  ⠈   ⠙  ⠁⡇⠈  ⠃⠸  ⠁⠈
                         00:00                                         06:20

                 Spectrum, Welch, ms^2/Hz
                 159126 │     │      ⢰      │
                        │     │      ⢸      │
                        │     │      ⢸      │
                        │     │      ⢸      │
                        │     │      ⣸⡀     │
                        │     │      ⣿⡇     │
                        │     │      ⣿⡇     │
                      0 │⢀⣀⣀⣀⣀│⣀⣀⣀⣀⣀⣀⣿⣇⣀⣀⣀⣀⣀│⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
                         VLF   LF            HF 60
                         0                                            0.4 Hz

                 Poincare, ms: a beat, upwards the next
                    916 │                      ⢠⠐⠁⢁⠠⠂⡀  ⠈
                        │                     ⡄⢉⡀⣌⠄⡈⡀⠊⠨⣀   SD1 13.56 ms
                        │                 ⠠ ⠔⠠⡀⢂⠠⡸ ⡐⠈⢅⢈ ⠢  SD2 41.67 ms
                        │                ⢀⠔⡑ ⡁⢄⠤  ⠈⣈⠈⡑ ⠆⠐
                        │              ⢀⡔⠨ ⢄⠠⡤  ⠈⡀⠈⢀⢁⠁⠌⡈⠂
                        │            ⢀ ⠒ ⡂⡌⡔⠨⠠⠈ ⠐⢅⠡⠅⠐⡔⠈
                        │           ⡄⡘ ⢁⢈⣠⡡⡂⠈⢄⠐⡁⣈⠂⠈⠠⠂
                        │         ⡤⠫ ⠂⡂⣤⠴⠋⢋⡢⡉⠡⢩⠁⢀ ⠁
                        │       ⡰⡘ ⢁⢀⣭⠠⡁⢉⡑⣘⢔⡓⡈⢂⠔⠈
                        │     ⡠⠦  ⢀⡰⢢⡀⢀⡄⠈⡩⢨ ⢀⠐⠁
                        │   ⡠⡲⠁ ⡀⡤ ⡀ ⡀⠐⢇⣓⠁⢀⠄⠁
                        │ ⠠⠘⢡ ⢀⡠⠂⡀ ⡀⢊⠁⠨⡀⡀⠐ ⠄
                        │⡘⢀  ⠶⢡⡀ ⡀⠐⠃⢂⠁⠥⠔⠁
                        │⠂⢀⡢⠡⡐⠠⢁⡬⠁⠌⡈ ⠒
                        │  ⡑⠨⠄⠈⠁⢂⢅⢡⠌⠁
                    781 │⡀  ⠈ ⠄⢈⡀⠈
                         781                          916

                 Coherence, dotted: 0.6 and 2.1
                    5.3 │              ⢀⠖⠒⠒⠒⠒⠊⠉⠑⠒⠒⠉⠉⠒⠒⠊⠉⠉           ⠠⠒⠒⠉⠒⠒⠒⠂
                        │              ⡜
                        │             ⡜
                        │         ⠊⠑⠤⠜
                        │⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀
                        │
                        │⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀ ⡀
                    0.0 │
                         00:00                                         06:20

                """)
    }

    @Test("without block glyphs a picture still has its shape")
    func ascii() {
        let lines = AnalysisPlot.tachogram(AnalysisFixture.analysis, columns: 60).joined(separator: "\n")
        #expect(
            ASCIIFallback.text(lines) == """
                 Tachogram, ms
                    916 |         .:.. :...: . : :.. ...   . . : : . :.  .:
                        |        :#:::##::#:::::::#: :#:   ..::: :#:::#:.:#:
                        | . ... .##::###::#:::#:::#:::#::   #:#:::#:::#:#:#:
                        |##::##::##:#::##:#:#:#:#:#:#:#:#   #:#:#:#:#:#:#:#:
                        |:###:::#::##::##:#:#:#:#:#:#:#:#   #:#:#:#:#:::#:#:
                        |. . . . :::::::#:::#:#:#:::#:#:#   #:#:#:#:#:::#:::
                        |        :.::. :::.:::.:#::.#:.:#   #:.:#:.:#: :::.:
                    781 |          :.  ..  .:   :.  ..  .   :  .:.  .:  ..
                         00:00                                         06:20
                """)
    }

    @Test("no picture is wider than asked, from 40 columns on", arguments: [20, 40, 61, 80, 120])
    func width(_ columns: Int) {
        let text = AnalysisPlot.text(AnalysisFixture.analysis, columns: columns)
        let widest = text.split(separator: "\n").map { DisplayWidth.of($0) }.max() ?? 0
        #expect(widest <= max(columns, 40))
        #expect(widest > max(columns, 40) - 2)
    }

    @Test("what cannot be drawn says why")
    func missing() {
        let none = AnalysisPlot.text(Analysis(BeatSeries(rr: [])), columns: 60)
        #expect(none.hasPrefix(" Tachogram: no beats\n\n Spectrum: needs 4 beats"))
        let few = AnalysisPlot.text(Analysis(BeatSeries(rr: [812])), columns: 60)
        #expect(few.contains(" Poincare plot: too few beats"))
        #expect(few.contains(" Coherence: needs"))
        let flat = AnalysisPlot.text(Analysis(BeatSeries(rr: Array(repeating: 800, count: 100))), columns: 60)
        #expect(flat.contains("Tachogram, ms"))
    }

    @Test("a value beyond the axis is drawn at its edge, and a lifted pen leaves a gap")
    func frame() {
        var frame = PlotFrame(title: "t", x: 0...10, y: 0...1, columns: PlotFrame.margin + 5, rows: 1)
        frame.draw(x: 0, y: 9)
        frame.draw(x: 4, y: 9)
        frame.liftPen()
        frame.draw(x: 8, y: -9)
        frame.draw(x: 10, y: -9)
        #expect(frame.lines(xLabels: ("0", "10"))[1].hasSuffix("│⠉⠉⠁⢀⣀"))
    }
}
