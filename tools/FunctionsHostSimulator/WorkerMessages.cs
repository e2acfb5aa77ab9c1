using System.Reflection;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace BulkSms.FunctionsHostSimulator;

/// <summary>
/// The messages between the Functions host and its worker, as JSON. The worker's package keeps their types to itself, so their descriptor is reached by
/// reflection; Protobuf does the rest by the descriptor.
/// </summary>
public static class WorkerMessages
{
    private const string Package = "Microsoft.Azure.Functions.Worker.Grpc";
    private static readonly MessageDescriptor Descriptor = Find();
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true)); // "Failure" is a default value

    public static byte[] Write(JsonObject message) => JsonParser.Default.Parse(message.ToJsonString(), Descriptor).ToByteArray();

    public static JsonObject Read(byte[] message) => JsonNode.Parse(Formatter.Format(Descriptor.Parser.ParseFrom(message)))!.AsObject();

    private static MessageDescriptor Find()
    {
        var type = Assembly.Load(Package).GetType($"{Package}.Messages.StreamingMessage", throwOnError: true)!;
        return (MessageDescriptor)type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
    }
}
