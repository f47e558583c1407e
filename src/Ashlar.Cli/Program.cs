using Ashlar.Cli;

return CommandLine.Run(args);
