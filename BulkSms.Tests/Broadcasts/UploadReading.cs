using System.Text;
using BulkSms.Broadcasts.Requests;
using BulkSms.Http;
using BulkSms.Messages;
using BulkSms.Recipients;

namespace BulkSms.Tests.Broadcasts;

/// <summary>A file of recipients → who they are, or the faults as lines <c>path: fault</c>.</summary>
internal static class UploadReading
{
    public delegate Task Reader(Stream stream, RecipientCollector collector, int most, CancellationToken cancellation);

    /// <summary>Reads a file that nothing is said of.</summary>
    public static Task AnyFile(Stream stream, RecipientCollector collector, int most, CancellationToken cancellation) =>
        ListFiles.ReadAsync(stream, new(), new(), collector, most, cancellation);

    /// <summary>Reads a file that is said to be JSON.</summary>
    public static Task NdjsonFile(Stream stream, RecipientCollector collector, int most, CancellationToken cancellation) =>
        ListFiles.ReadAsync(stream, new(IsJson: true), new(), collector, most, cancellation);

    /// <summary>Reads a file with options.</summary>
    public static Reader With(ListOptions options) => (stream, collector, most, cancellation) => ListFiles.ReadAsync(stream, new(), options, collector, most, cancellation);

    /// <summary>To whom, and what: what else is kept of them left out.</summary>
    public static async Task<(IReadOnlyList<Addressee> People, FieldErrors Errors, int? Invalid)> ReadAsync(
        Reader reader, byte[] file, string message = "Hi {{name}}", bool skip = false, int most = 1000, int atATime = int.MaxValue)
    {
        var (people, errors, invalid) = await ReadKeptAsync(reader, file, message, skip, most, atATime);
        return ([.. people.Select(Plain)], errors, invalid);
    }

    /// <summary>A recipient without what is kept beside number and text.</summary>
    public static Addressee Plain(Addressee addressee) => new(addressee.To, addressee.Text, addressee.Segments);

    /// <summary>The recipients with all that is kept of them.</summary>
    public static async Task<(IReadOnlyList<Addressee> People, FieldErrors Errors, int? Invalid)> ReadKeptAsync(
        Reader reader, byte[] file, string message = "Hi {{name}}", bool skip = false, int most = 1000, int atATime = int.MaxValue,
        OnDuplicate onDuplicate = OnDuplicate.First)
    {
        var errors = new FieldErrors();
        var template = MessageTemplate.IsTemplate(message) ? MessageTemplate.Parse(message, out _) : null;
        var collector = new RecipientCollector(new(message) { Template = template, MaxMessageLength = 1600, SkipInvalid = skip, OnDuplicate = onDuplicate }, errors);
        await reader(new TrickleStream(file, atATime), collector, most, default);
        return (collector.List.Without(_ => false), errors, collector.Complete()?.Invalid);
    }

    public static Task<(IReadOnlyList<Addressee> People, FieldErrors Errors, int? Invalid)> ReadAsync(
        Reader reader, string file, string message = "Hi {{name}}", bool skip = false, int most = 1000) =>
        ReadAsync(reader, Encoding.UTF8.GetBytes(file), message, skip, most);

    /// <summary>The request with its warnings, and the errors.</summary>
    public static async Task<(BroadcastRequest? Request, IReadOnlyList<string> Errors)> RequestOfAsync(byte[] file, string message = "Hi {{name}}", ListOptions? options = null, ListSource? source = null, NumberRules? rules = null, bool literal = false)
    {
        var errors = new FieldErrors();
        var template = MessageTemplate.IsTemplate(message) ? MessageTemplate.Parse(message, out _) : null;
        var collector = new RecipientCollector(new(message) { Template = template, MaxMessageLength = 1600, IsLiteral = literal, Numbers = rules ?? NumberRules.E164 }, errors);
        await ListFiles.ReadAsync(new MemoryStream(file), source ?? new(), options ?? new(), collector, 1000, default);
        var request = collector.Complete();
        return (request, [.. errors.First.SelectMany(path => path.Value.Select(fault => $"{path.Key}: {fault}"))]);
    }

    public static async Task<IEnumerable<string>> FaultsOfAsync(Reader reader, string file, string message = "Hi {{name}}", int most = 1000) =>
        (await ReadAsync(reader, file, message, most: most)).Errors.First.SelectMany(path => path.Value.Select(fault => $"{path.Key}: {fault}"));

    /// <summary>Gives a few bytes at a time, as a slow network does.</summary>
    private sealed class TrickleStream(byte[] bytes, int atATime) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, atATime)], cancellationToken);
    }
}
