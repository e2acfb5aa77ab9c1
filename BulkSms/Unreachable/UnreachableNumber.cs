namespace BulkSms.Unreachable;

/// <summary>What is known of a number that could not get a text.</summary>
/// <param name="Code">Twilio's code: why it could not.</param>
/// <param name="Since">When it last could not.</param>
public readonly record struct UnreachableNumber(int Code, DateTimeOffset Since);
