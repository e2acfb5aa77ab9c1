using System.Text;
using BulkSms.Lists;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Recipients as one JSON array of numbers and objects (see <see cref="JsonRecipient"/>). Element after element is cut out and read: the whole is never held.</summary>
internal sealed class JsonArrayRecipients
{
    private static readonly JsonPaths Paths = new("$", hasMembers: true);
    private readonly IListSink sink;
    private readonly int most;
    private readonly StringBuilder element = new();
    private int count;
    private int depth;
    private bool isInText;
    private bool isEscaped;
    private bool hasElement;
    private bool hasEnded;

    private JsonArrayRecipients(IListSink sink, int most) => (this.sink, this.most) = (sink, most);

    /// <inheritdoc cref="NdjsonRecipients.ReadAsync"/>
    public static async Task ReadAsync(TextReader text, IListSink sink, int most, CancellationToken cancellation)
    {
        var array = new JsonArrayRecipients(sink, most);
        var buffer = new char[16 * 1024];
        int read;
        while ((read = await text.ReadAsync(buffer, cancellation)) > 0)
        {
            for (var i = 0; i < read; i++)
            {
                if (!array.TryTake(buffer[i], isUtf8: text is not Utf8OrAnsiReader { IsAnsi: true }))
                {
                    return;
                }
            }
        }

        if (!array.hasEnded)
        {
            sink.Fail(LinePaths.Instance.OfAll, "is a JSON array that has no end: is the file complete?");
        }
    }

    // Whether what follows can be read.
    private bool TryTake(char character, bool isUtf8)
    {
        if (isInText)
        {
            isInText = isEscaped || character != '"';
            isEscaped = !isEscaped && character == '\\';
            return TryAppend(character);
        }

        switch (character)
        {
            case ' ' or '\t' or '\r' or '\n' or '\ufeff' when depth <= 1:
                return true;
            case '[' or '{' when hasEnded || (depth == 0 && character == '{'):
                return Fail("is a JSON array with something before or after it");
            case '[' or '{':
                return ++depth == 1 || TryAppend(character);
            case ']' or '}' when depth > 1:
                depth--;
                return TryAppend(character);
            case ']' when depth == 1 && (hasElement || count == 0):
                (depth, hasEnded) = (0, true);
                return !hasElement || TryEnd(isUtf8);
            case ',' when depth == 1:
                return TryEnd(isUtf8);
            default:
                isInText = character == '"';
                return depth > 0 ? TryAppend(character) : Fail("is a JSON array with something after its end");
        }
    }

    private bool TryAppend(char character)
    {
        element.Append(character);
        hasElement = true;
        return element.Length <= UploadLimits.RecordSize || Fail($"has an element {count} that is longer than {UploadLimits.RecordSize} characters");
    }

    private bool TryEnd(bool isUtf8)
    {
        if (count == most)
        {
            sink.Fail(Paths.OfEntry(count), UploadLimits.TooMany(most));
            return false;
        }

        var isPlain = element.Length > 0 && element[0] != '{';
        NdjsonRecipients.Take(element.ToString().AsMemory(), count++, isPlain ? Plain : Paths, sink, isUtf8);
        element.Clear();
        hasElement = false;
        return true;
    }

    private bool Fail(string error)
    {
        sink.Fail(LinePaths.Instance.OfAll, error);
        return false;
    }

    private static readonly JsonPaths Plain = new("$", hasMembers: false);
}
