/// What a phase trains, in the words of the process model of emotion regulation (Gross 1998, Rev Gen Psychol 2:271).
public enum RegulationFamily: String, Sendable, Hashable, CaseIterable {
    /// Choosing which situations to meet.
    case situationSelection = "situation selection"
    /// Changing a situation.
    case situationModification = "situation modification"
    /// Turning attention.
    case attentionalDeployment = "attentional deployment"
    /// Seeing it otherwise.
    case cognitiveChange = "cognitive change"
    /// Acting on the response itself, as breathing does.
    case responseModulation = "response modulation"
    /// Showing a feeling; a part of response modulation that the training names by itself.
    case responseExpression = "response expression"
    /// All of them.
    case all
}
