using System.Text.Json.Serialization;
using BulkSms.SendingControl;

namespace BulkSms.Api;

/// <param name="Status"><c>running</c> or <c>suspended</c>.</param>
/// <param name="Code">Twilio's code that suspended it; 0: an operator, or a reconciliation.</param>
/// <param name="Reason">In words.</param>
/// <param name="Since">When it was suspended.</param>
/// <param name="NextProbeAt">When one message is sent to find out whether what suspended it has ended; missing: a person resumes it.</param>
/// <param name="PausedBroadcasts">Ids of paused broadcasts.</param>
/// <param name="SegmentsPerSecond">The rate of all instances: the configured one, or less after Twilio said 429, as far as the instance that answers knows.</param>
/// <param name="CallsInFlight">Calls to Twilio in flight on the instance that answers.</param>
/// <param name="CircuitBreaker">Whether calls are stopped because Twilio is away, on whichever instances send.</param>
/// <param name="Reconciliation">The reconciliation after a restore that runs, or the last one; missing: there was none.</param>
/// <param name="Queue">What waits to be sent; missing: the queue does not answer, or was not asked.</param>
/// <param name="Profiles">Each profile; missing: there is only <c>default</c>.</param>
public sealed record SendingView(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Since,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? NextProbeAt,
    IReadOnlyList<string> PausedBroadcasts,
    double SegmentsPerSecond,
    int CallsInFlight,
    CircuitBreakerView CircuitBreaker,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReconciliationView? Reconciliation,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WaitingTextsView? Queue = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ProfileSendingView>? Profiles = null);

/// <param name="Profile">Its name.</param>
/// <param name="Status"><c>running</c> or <c>suspended</c>: by itself, or with all sending.</param>
/// <param name="Code">Twilio's code that suspended it; 0: an operator, or a reconciliation.</param>
/// <param name="Reason">In words.</param>
/// <param name="Since">When it was suspended.</param>
/// <param name="NextProbeAt">When one message is sent to find out whether what suspended it has ended; missing: a person resumes it.</param>
/// <param name="SegmentsPerSecond">Its rate, of all instances: the configured one, or less after Twilio said 429, as far as the instance that answers knows.</param>
public sealed record ProfileSendingView(
    string Profile,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Since,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? NextProbeAt,
    double SegmentsPerSecond)
{
    public static ProfileSendingView Of(string profile, Suspension? suspension, double rate) => new(
        profile, suspension is null ? "running" : "suspended", suspension?.Code, suspension?.Reason, suspension?.Since, suspension?.NextProbeAt, Math.Round(rate, 1));
}

/// <param name="Messages">About how many texts wait, with those that are not due yet.</param>
/// <param name="OldestSince">Since when the next of them has been in the queue; missing: none is due.</param>
public sealed record WaitingTextsView(int Messages, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? OldestSince);

/// <param name="Status"><c>closed</c>: calls are made. <c>open</c>: the provider is away, and calls are stopped but for probes.</param>
/// <param name="Instances">Instances that have stopped their calls.</param>
/// <param name="Since">Since when the first of them has.</param>
/// <param name="NextProbeAt">When the next message goes, to find out.</param>
/// <param name="Reason">What the last call failed with.</param>
public sealed record CircuitBreakerView(
    string Status,
    int Instances,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Since,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? NextProbeAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason)
{
    public static CircuitBreakerView Of(IReadOnlyList<OpenCircuit> open) => open.Count == 0
        ? new("closed", 0, null, null, null)
        : new("open", open.DistinctBy(circuit => circuit.Instance).Count(), open.Min(circuit => circuit.Since), open.Min(circuit => circuit.NextProbeAt), open[0].Reason);
}

/// <summary>How far the reconciliation after a restore has come.</summary>
/// <param name="Status"><c>running</c>: recipients are being set aside, and sending is suspended. <c>finished</c>: they are, and are reconciled with Twilio one by one.</param>
/// <param name="Since">The time that storage was restored to.</param>
/// <param name="StartedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it was finished; null: it runs.</param>
/// <param name="BroadcastsDone">Broadcasts that it has gone through.</param>
/// <param name="BroadcastsTotal">Broadcasts that it goes through; null until it knows.</param>
/// <param name="RecipientsSetAside">Recipients that may have been sent to since then: unconfirmed until Twilio's list tells.</param>
public sealed record ReconciliationView(
    string Status, DateTimeOffset Since, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, int BroadcastsDone, int? BroadcastsTotal, int RecipientsSetAside)
{
    public static ReconciliationView Of(Reconciliation reconciliation) => new(
        reconciliation.IsRunning ? "running" : "finished", reconciliation.Since, reconciliation.StartedAt, reconciliation.FinishedAt,
        reconciliation.BroadcastsDone, reconciliation.BroadcastsTotal, reconciliation.RecipientsSetAside);
}
