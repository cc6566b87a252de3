public import Practice

extension SurveyFile {
    /// The instruments that come with the program.
    /// - Throws: never for a released program: a test reads them.
    public static func builtIn() throws(WrittenFileError) -> [Instrument] {
        [try read(pal, file: "pal")]
    }

    /// Goals, expectations, challenges and use of strategies, before and after one session.
    static let pal = """
        # The survey of a peer-led session: before it what people bring, after it what they take along.
        # Change it:  entrain survey show pal --file > mine.yaml, another name, then  entrain survey define mine.yaml
        instrument: pal
        title: Peer-led heart-focused practice, before and after
        source: written for this program; families of emotion regulation after Gross 1998

        scales:
          agree: {1: strongly disagree, 2: disagree, 3: neither, 4: agree, 5: strongly agree}
          often: {1: never, 2: rarely, 3: sometimes, 4: often, 5: very often}

        items:
          - item: goals
            wave: pre
            type: text
            text: What do you want to get out of this session?
          - item: expectations
            wave: pre
            type: text
            text: What do you expect to happen in this session?
          - item: challenges
            wave: pre
            type: text
            text: Which situation in your studies would you like to meet in a better state?

          - item: goals_met
            wave: post
            type: likert
            label: Goals met
            text: What I wanted to get out of this session, I got.
            levels: agree
            met_rule: ">=4"
            missing_codes: [99]
          - item: expectations_met
            wave: post
            type: likert
            label: Expectations met
            text: The session was what I expected, or better.
            levels: agree
            met_rule: ">=4"
            missing_codes: [99]
          - item: challenges_addressed
            wave: post
            type: likert
            label: Challenges addressed
            text: The session had to do with the situation I had in mind.
            levels: agree
            met_rule: ">=4"
            missing_codes: [99]
          - item: will_use
            wave: post
            type: likert
            label: Plans to use strategies
            text: I will use at least one strategy of this session in the coming weeks.
            levels: agree
            met_rule: ">=4"
            missing_codes: [99]

          - item: can_calm
            wave: [pre, post]
            type: likert
            label: Can steer own state
            text: I know a way to steer how I feel before or during an exam.
            levels: agree
            missing_codes: [99]
          - item: at_mercy
            wave: [pre, post]
            type: likert
            label: Not at nerves' mercy
            text: When I am nervous there is nothing I can do about it.
            levels: agree
            reverse: true
            missing_codes: [99]
          - item: uses
            wave: [pre, post]
            type: likert
            label: Uses strategies
            text: How often do you use, or will you use, a strategy against nerves?
            levels: often
            missing_codes: [99]
          - item: feeling
            wave: [pre, post]
            type: number
            label: Feeling now
            text: How do you feel right now, from 0 (bad) to 10 (good)?
            levels: 0..10
          - item: strategy
            wave: post
            type: choice
            label: Strategy to try first
            text: Which of these will you try first?
            levels:
              select: choose the situation
              modify: change the situation
              attend: turn attention elsewhere
              reappraise: see it in another way
              breathe: breathe and hold a good feeling
          - item: next_week
            wave: post
            type: text
            text: What will you try in the coming week, and where?
          - item: better
            wave: post
            type: text
            text: What should be different next time?

        """
}
