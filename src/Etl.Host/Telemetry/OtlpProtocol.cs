namespace Etl.Host.Telemetry;

/// <summary>How telemetry is sent.</summary>
internal enum OtlpProtocol
{
    /// <summary>gRPC; a collector listens at port 4317.</summary>
    Grpc,

    /// <summary>Protobuf over HTTP; a collector listens at port 4318.</summary>
    HttpProtobuf,
}
