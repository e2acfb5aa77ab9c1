using System.Net;
using System.Net.Http.Headers;

namespace BulkSms.Client.Http;

/// <summary>A file as a body, opened anew for each try.</summary>
internal sealed class FileContent : HttpContent
{
    private readonly RecipientFile file;

    public FileContent(RecipientFile file)
    {
        this.file = file;
        Headers.ContentType = new MediaTypeHeaderValue(file.ContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var content = file.Open();
        await content.CopyToAsync(stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = file.Length ?? 0;
        return file.Length is not null;
    }
}
