using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace BulkSms.MemoryStorage.Blobs;

/// <summary>Lists of blobs and of blocks as the blob service's XML.</summary>
internal static class BlobXml
{
    public static string Write(string container, IEnumerable<KeyValuePair<string, MemoryBlob>> blobs) => new XElement(
        "EnumerationResults",
        new XAttribute("ContainerName", container),
        new XElement("Blobs", blobs.Select(each => new XElement(
            "Blob",
            new XElement("Name", each.Key),
            new XElement(
                "Properties",
                new XElement("Last-Modified", each.Value.Written.ToString("R", CultureInfo.InvariantCulture)),
                new XElement("Etag", each.Value.ETag),
                new XElement("Content-Length", each.Value.Content.Length),
                new XElement("BlobType", "BlockBlob"))))),
        new XElement("NextMarker")).ToString(SaveOptions.DisableFormatting);

    public static List<string> ReadBlocks(ReadOnlySpan<byte> body) =>
        [.. XElement.Parse(Encoding.UTF8.GetString(body).TrimStart('\ufeff')).Elements().Select(block => block.Value)];
}
