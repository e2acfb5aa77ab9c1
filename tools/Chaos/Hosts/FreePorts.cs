using System.Net;
using System.Net.Sockets;

namespace BulkSms.Chaos.Hosts;

/// <summary>
/// Ports for hosts that die and come back to the same one. They are below those that systems give to a program that asks for any port: none takes one
/// while its host is down.
/// </summary>
public static class FreePorts
{
    private const int First = 20_000;
    private const int Count = 10_000;
    private static int next = Environment.ProcessId * 100;

    /// <summary>Some ports of 127.0.0.1 that no program listens on, no two alike within this process.</summary>
    public static int[] Take(int count) => [.. Candidates().Where(IsFree).Take(count)];

    private static IEnumerable<int> Candidates()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return First + (Interlocked.Increment(ref next) % Count);
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
