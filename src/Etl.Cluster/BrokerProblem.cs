using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Etl.Cluster;

/// <summary>Classifies the exceptions of the client: transient ones, and those that last.</summary>
internal static partial class BrokerProblem
{
    /// <summary>Whether an error comes from the broker or the connection to it.</summary>
    public static bool Is(Exception error) =>
        error is RabbitMQClientException or IOException or SocketException or TimeoutException or ObjectDisposedException
        or AuthenticationException;

    /// <summary>The error that makes every further attempt fail; null when a retry may succeed.</summary>
    public static ClusterException? Lasting(Exception error, ClusterOptions options)
    {
        string broker = BrokerAccess.Shown(options);
        foreach (Exception cause in Causes(error))
        {
            string? problem = cause switch
            {
                AuthenticationFailureException =>
                    "refuses the user or its password. "
                    + $"Set the user in {ClusterOptions.Section}:Broker and {ClusterOptions.Section}:Password",
                AuthenticationException certificate =>
                    $"has an untrusted certificate ({certificate.Message.TrimEnd('.')}). Set {ClusterOptions.Section}:CaFile",
                OperationInterruptedException { ShutdownReason: { } reason } when IsLasting(reason) => $"refuses the request: {reason.ReplyText}",
                _ => null,
            };
            if (problem is not null)
            {
                return new ClusterException($"The broker {broker} {problem}.", error);
            }
        }

        return null;
    }

    /// <summary>The error of a command that does not retry.</summary>
    public static ClusterException Unreachable(Exception error, ClusterOptions options) => Lasting(error, options)
        ?? new ClusterException($"The broker {BrokerAccess.Shown(options)} cannot be reached: {Describe(error)}", error);

    /// <summary>The innermost cause in a sentence.</summary>
    public static string Describe(Exception error)
    {
        string cause = Causes(error).Last() switch
        {
            OperationInterruptedException { ShutdownReason: { } reason } => reason.ReplyText,
            OperationCanceledException => "It does not respond",
            { } root => root.Message,
        };
        return cause.EndsWith('.') ? cause : $"{cause}.";
    }

    /// <summary>The end of a connection or a channel of a session in a sentence. The session has declared its queues.</summary>
    public static string Describe(ShutdownEventArgs end) => MissingQueue().Match(end.ReplyText) is { Success: true } match
        ? $"The queue {match.Groups[1].Value} is gone."
        : end.ReplyText.EndsWith('.') ? end.ReplyText : $"{end.ReplyText}.";

    [GeneratedRegex("^NOT_FOUND - no queue '([^']+)'")]
    private static partial Regex MissingQueue();

    /// <summary>A missing permission, other queues under the same names, a virtual host that is not there. A queue that is not there yet
    /// is worth waiting for.</summary>
    private static bool IsLasting(ShutdownEventArgs reason) =>
        reason.ReplyCode is Constants.AccessRefused or Constants.PreconditionFailed or Constants.NotAllowed;

    private static IEnumerable<Exception> Causes(Exception error)
    {
        yield return error;
        foreach (Exception cause in error is AggregateException many
            ? many.InnerExceptions.SelectMany(Causes)
            : error.InnerException is { } inner ? Causes(inner) : [])
        {
            yield return cause;
        }
    }
}
