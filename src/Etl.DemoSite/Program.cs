using Etl.DemoSite;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
string database = builder.Configuration["Database"] ?? throw new InvalidOperationException("Set Database to the demo's database.");
builder.Services.AddHostedService(_ => new NewMovies(database));

WebApplication site = builder.Build();
site.MapGet("/{number:int}.jpg", CoverAddress.GetAsync);
await site.RunAsync();
