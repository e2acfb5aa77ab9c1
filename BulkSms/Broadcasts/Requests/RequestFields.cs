using System.Diagnostics.CodeAnalysis;

namespace BulkSms.Broadcasts.Requests;

/// <summary>The fields of a request, whatever they are written in.</summary>
internal interface IRequestFields
{
    /// <summary>All that were given.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>Finds a field by its exact name.</summary>
    bool TryFind(string name, [NotNullWhen(true)] out RequestField? field);

    /// <summary>How a fault names a field; never its value.</summary>
    string PathOf(string name);
}

/// <summary>A field's value as it was written. Nothing is coerced: in JSON, <c>"true"</c> is not <c>true</c>.</summary>
internal abstract class RequestField
{
    /// <summary>False for what is no text, and for text that is not valid Unicode.</summary>
    public abstract bool TryGetText(out string text);

    public abstract bool TryGetFlag(out bool flag);

    /// <summary>A number, not negative.</summary>
    public abstract bool TryGetAmount(out decimal amount);

    /// <summary>False for what is no list of texts; where fields are plain text, blanks and line breaks part them.</summary>
    public abstract bool TryGetList([NotNullWhen(true)] out IReadOnlyList<string>? texts);

    /// <summary>False for what has no parts; where fields are plain text, nothing has.</summary>
    public abstract bool TryGetObject([NotNullWhen(true)] out IRequestFields? parts);

    /// <summary>Written where everything is text: in a form.</summary>
    public abstract bool IsPlain { get; }
}
