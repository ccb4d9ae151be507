using Etl.Demo;

IDistributedApplicationBuilder builder = DistributedApplication.CreateBuilder(args);

DirectoryInfo catalogue = Directory.CreateTempSubdirectory("etl-app-host-");
DemoCatalogue.Create(catalogue.FullName, movies: 0);
string database = DemoCatalogue.DatabaseIn(catalogue.FullName);

IResourceBuilder<ProjectResource> site = builder.AddProject<Projects.Etl_DemoSite>("site")
    .WithHttpEndpoint()
    .WithEnvironment("Database", database);

IResourceBuilder<ProjectResource> service = AddEtl("etl", "serve")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health/ready")
    .WithEnvironment("Etl__Query__Database", database);

if (builder.Configuration["Etl:Cluster:Broker"] is { } broker)
{
    IResourceBuilder<ParameterResource> password =
        builder.AddParameterFromConfiguration("broker-password", "Etl:Cluster:Password", secret: true);
    IResourceBuilder<ProjectResource> workers = AddEtl("worker", "worker").WithReplicas(2);
    foreach (IResourceBuilder<ProjectResource> process in new[] { service, workers })
    {
        process.WithEnvironment("Etl__Cluster__Broker", broker).WithEnvironment("Etl__Cluster__Password", password);
    }
}

try
{
    await builder.Build().RunAsync();
}
finally
{
    Delete(catalogue);
}

static void Delete(DirectoryInfo folder)
{
    try
    {
        folder.Delete(recursive: true);
    }
    catch (IOException)
    {
        // Windows keeps the files of a process that has not ended yet.
    }
}

// A process that fetches the site's covers, traces every movie and exports metrics every second.
IResourceBuilder<ProjectResource> AddEtl(string name, string command) => builder.AddProject<Projects.Etl_Host>(name)
    .WithArgs(command)
    .WaitFor(site)
    .WithEnvironment("Etl__Fetch__Locations__0", ReferenceExpression.Create($"{site.GetEndpoint("http")}/{{id}}.jpg"))
    .WithEnvironment("OTEL_METRIC_EXPORT_INTERVAL", "1000")
    .WithEnvironment("Serilog__MinimumLevel__Default", "Debug") // names each movie that fails
    .WithEnvironment("OTEL_TRACES_SAMPLER", "always_on");
