using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Etl.Cluster;

/// <summary>Trusts a broker's certificate that an authority of a file vouches for; the host's name has to be right all the same.</summary>
internal sealed class BrokerCertificate
{
    private readonly X509Certificate2Collection _authorities = [];

    /// <exception cref="ClusterException">The file holds no certificates.</exception>
    public BrokerCertificate(string file)
    {
        try
        {
            _authorities.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ClusterException($"{ClusterOptions.Section}:CaFile {file} cannot be used: {error.Message}", error);
        }

        if (_authorities.Count == 0)
        {
            throw new ClusterException($"{ClusterOptions.Section}:CaFile {file} contains no PEM certificate.");
        }
    }

    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors problems)
    {
        if (certificate is null || (problems & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // a private authority rarely has a list
        if (chain is not null)
        {
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainElements.Select(static element => element.Certificate).ToArray());
        }

        return own.Build(new X509Certificate2(certificate));
    }
}
