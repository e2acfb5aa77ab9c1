namespace BulkSms.Lists;

/// <summary>What was read in one of several ways: the answer says which, so that the sender can check.</summary>
/// <param name="Place">Where: a line, a cell, or the file.</param>
/// <param name="Text">What, and what to do if it is wrong.</param>
public sealed record ListWarning(string Place, string Text);
