namespace BulkSms.Sending.Pool;

/// <summary>What an instance says of itself in its row.</summary>
/// <param name="Instance">Which: a new one each time that it begins.</param>
/// <param name="Sequence">Counts its writes.</param>
/// <param name="Since">Since when it has something to send, as a number that orders instances; who was first goes before.</param>
/// <param name="Demand">What it could send.</param>
/// <param name="Rate">The rate of all, as it is configured there.</param>
/// <param name="Limit">What Twilio's refusals have left of the rate: 1 is all.</param>
public sealed record ShareRow(string Instance, long Sequence, long Since, Demand Demand, double Rate, double Limit);

/// <summary>A row as it was read.</summary>
/// <param name="Row">What it says.</param>
/// <param name="Version">Changes with each write.</param>
/// <param name="Age">Since it was written, by storage's clock.</param>
public sealed record ShareReading(ShareRow Row, string Version, TimeSpan Age);

/// <summary>From when on an instance may hand over how many segments a second.</summary>
public readonly record struct ShareStep(TimeSpan From, double Rate);
