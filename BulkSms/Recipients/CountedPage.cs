using System.Text.Json;
using BulkSms.Storage;

namespace BulkSms.Recipients;

/// <summary>A page of rows, in storage's JSON, as what is counted of them: a million rows are read without an object for each.</summary>
internal static class CountedPage
{
    private const int MostRows = 1000;

    /// <summary>Reads a page.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static List<CountedRow> Read(ReadOnlySpan<byte> json)
    {
        var rows = new List<CountedRow>(MostRows);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isRows = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (!isRows)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
            {
                rows.Add(ReadRow(ref reader));
            }
        }

        return rows;
    }

    private static CountedRow ReadRow(ref Utf8JsonReader reader)
    {
        var (status, heldFor, code, to, segments, country) = (RecipientStatus.Pending, (string?)null, 0, (string?)null, 0, (string?)null);
        var (sentAt, poisonedAt) = ((DateTimeOffset?)null, (DateTimeOffset?)null);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (Is(ref reader, RecipientColumns.Status))
            {
                status = StatusOf(ref reader);
            }
            else if (Is(ref reader, RecipientColumns.HeldFor))
            {
                heldFor = TextOf(ref reader);
            }
            else if (Is(ref reader, RecipientColumns.Code))
            {
                code = NumberOf(ref reader);
            }
            else if (Is(ref reader, RecipientColumns.SentAt))
            {
                sentAt = TimeOf(ref reader);
            }
            else if (Is(ref reader, RecipientColumns.PoisonedAt))
            {
                poisonedAt = TimeOf(ref reader);
            }
            else if (Is(ref reader, RecipientColumns.To))
            {
                to = TextOf(ref reader);
            }
            else if (Is(ref reader, RecipientColumns.Segments))
            {
                segments = NumberOf(ref reader);
            }
            else if (Is(ref reader, RecipientColumns.Country))
            {
                country = TextOf(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new(status, heldFor, code, sentAt, poisonedAt is not null, to, segments == 0 ? null : segments) { Country = country };
    }

    private static bool Is(ref Utf8JsonReader reader, string column) => reader.ValueTextEquals(column);

    private static string StatusOf(ref Utf8JsonReader reader)
    {
        reader.Read();
        foreach (var known in RecipientStatus.All)
        {
            if (reader.ValueTextEquals(known))
            {
                return known;
            }
        }

        return reader.GetString() ?? RecipientStatus.Pending;
    }

    // What is empty is nothing: a merge cannot take a column away.
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.String && !reader.ValueTextEquals("") ? reader.GetString() : null;
    }

    private static int NumberOf(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.Number ? reader.GetInt32() : 0;
    }

    private static DateTimeOffset? TimeOf(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.String && reader.GetDateTimeOffset() is var time && time > NoTime.Value ? time : null;
    }
}
