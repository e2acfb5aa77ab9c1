using Azure.Data.Tables;

namespace BulkSms.Storage;

/// <summary>"No time" in a column of a table: a merge can overwrite a column, but it cannot take one away.</summary>
public static class NoTime
{
    /// <summary>What is written for no time.</summary>
    public static readonly DateTimeOffset Value = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The time in a column; null when there is none, or it was taken back.</summary>
    public static DateTimeOffset? GetTime(this TableEntity row, string column) =>
        row.GetDateTimeOffset(column) is { } time && time > Value ? time : null;
}
