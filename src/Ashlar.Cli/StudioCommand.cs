using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Ashlar.Lab;
using Ashlar.Server;

namespace Ashlar.Cli;

/// <summary><c>ashlar studio</c></summary>
sealed class StudioCommand
{
    public static readonly string[] Examples =
    [
        "ashlar studio",
        "ashlar studio --port 8080 --folder ./logs",
        "ashlar studio --address 0.0.0.0 --token \"$TOKEN\"",
    ];

    const int UsualPort = 6180;
    const int HighestPort = 65535;

    readonly Option<int?> _port = NumberOption.Whole("--port", "Where to listen; 0 takes a free port. Default: 6180.", 0);
    readonly Option<string> _address = new("--address") { Description = "The address to listen on. Any but the machine's own needs --token.", HelpName = "IP", DefaultValueFactory = _ => "127.0.0.1" };
    readonly Option<string?> _token = new("--token") { Description = "What every request must carry. Default: ASHLAR_TOKEN of the environment, else none.", HelpName = "TEXT" };
    readonly Option<string?> _folder = new("--folder") { Description = "The folder of the runs, or any with TensorBoard event files. Default: ASHLAR_HOME, else .ashlar.", HelpName = "DIR" };
    readonly Option<string?> _page = new("--page") { Description = "Serves the page from a folder, for those who work on it.", HelpName = "DIR", Hidden = true };

    public Command Build()
    {
        var command = new Command("studio", "Shows runs in the browser, live, and takes what MLflow clients log.") { _port, _address, _token, _folder, _page };
        command.SetAction(parsed => Run(Options(parsed)));
        return command;
    }

    StudioOptions Options(ParseResult parsed)
    {
        int port = parsed.GetValue(_port) ?? UsualPort;
        string? folder = parsed.GetValue(_folder);
        string? token = parsed.GetValue(_token) ?? Environment.GetEnvironmentVariable("ASHLAR_TOKEN");
        return folder is not null && !Directory.Exists(folder)
            ? throw new DirectoryNotFoundException($"studio: there is no folder {folder}. Pass the one that holds the runs or event files.")
            : port > HighestPort
                ? throw new UsageException($"studio: --port is {port}. Pass 0 to {HighestPort}.")
                : new StudioOptions(folder ?? LabFolder.Find().Path)
                {
                    Port = port,
                    Address = parsed.GetValue(_address)!,
                    Token = string.IsNullOrEmpty(token) ? null : token,
                    PageFolder = parsed.GetValue(_page),
                };
    }

    static int Run(StudioOptions options)
    {
        using var stopped = new ManualResetEventSlim();
        void Stop(PosixSignalContext context)
        {
            // The first asks; a second one ends the process at once.
            context.Cancel = !stopped.IsSet;
            stopped.Set();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        Studio studio = Studio.Create(options);
        try
        {
            Start(studio, options);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"studio  {studio.Address}"));
            Console.Out.WriteLine($"folder  {Path.GetFullPath(options.Folder)}");
            Console.Out.WriteLine("Stop it with Ctrl-C.");
            stopped.Wait();
        }
        finally
        {
            studio.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        return ExitCode.Success;
    }

    static void Start(Studio studio, StudioOptions options)
    {
        try
        {
            studio.StartAsync().GetAwaiter().GetResult();
        }
        catch (IOException e)
        {
            throw new IOException($"studio: cannot listen on {options.Address}:{options.Port.ToString(CultureInfo.InvariantCulture)}: {e.Message} Choose another port with --port, or 0 for any.", e);
        }
    }
}
