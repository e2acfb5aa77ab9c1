namespace BulkSms.Audit;

/// <summary>Something that a caller may do, and that is recorded. A new one is a line here, and the call of <see cref="AuditLog.RunAsync"/> where it is done.</summary>
/// <param name="Name">The name of its operation in the API's document, in camel case.</param>
/// <param name="Stops">Whether it keeps texts from being sent: such an action is done even when storage cannot take its entry first.</param>
public sealed record AuditAction(string Name, bool Stops = false)
{
    public static readonly AuditAction CreateBroadcast = new("createBroadcast"); // its entry is the broadcast's row: see AuditEntry.OfBroadcast
    public static readonly AuditAction TestBroadcast = new("testBroadcast"); // likewise
    public static readonly AuditAction PauseBroadcast = new("pauseBroadcast", Stops: true);
    public static readonly AuditAction ResumeBroadcast = new("resumeBroadcast");
    public static readonly AuditAction CancelBroadcast = new("cancelBroadcast", Stops: true);
    public static readonly AuditAction ApproveBroadcast = new("approveBroadcast");
    public static readonly AuditAction RejectBroadcast = new("rejectBroadcast");
    public static readonly AuditAction DeleteBroadcast = new("deleteBroadcast");
    public static readonly AuditAction SuspendSending = new("suspendSending", Stops: true);
    public static readonly AuditAction ResumeSending = new("resumeSending");
    public static readonly AuditAction ReplayPoison = new("replayPoison");
    public static readonly AuditAction AddOptOuts = new("addOptOuts", Stops: true);
    public static readonly AuditAction RemoveOptOut = new("removeOptOut");
    public static readonly AuditAction DecideOptOutReview = new("decideOptOutReview");
    public static readonly AuditAction ImportPrices = new("importPrices");
    public static readonly AuditAction PutEventEndpoint = new("putEventEndpoint");
    public static readonly AuditAction DeleteEventEndpoint = new("deleteEventEndpoint");
    public static readonly AuditAction RotateEventSecret = new("rotateEventSecret");
    public static readonly AuditAction TestEventEndpoint = new("testEventEndpoint");
    public static readonly AuditAction ReplayEventDeliveries = new("replayEventDeliveries");
    public static readonly AuditAction ExportPerson = new("exportPerson");
    public static readonly AuditAction ErasePerson = new("erasePerson");
}
