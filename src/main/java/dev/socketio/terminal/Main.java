package dev.socketio.terminal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The program. */
public final class Main {

    private Main() {}

    /** Does what the arguments say, and exits with one of the codes that the usage names. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, /* autoFlush= */ false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, /* autoFlush= */ false, StandardCharsets.UTF_8);
        List<String> list = List.of(arguments);
        if (list.contains("--help") || list.equals(List.of("help"))) {
            out.print(Options.USAGE);
            out.flush();
            return;
        }
        // The client's threads would keep the program alive for a minute.
        System.exit(run(list, out, err).number());
    }

    private static ExitCode run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        Printer printer = new Printer(arguments.contains("--json"), out, err);
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (UsageException e) {
            printer.error(String.valueOf(e.getMessage()));
            return ExitCode.USAGE;
        }
        Connection connection;
        try {
            connection = Connection.open(options.address(), printer, options.timeout());
        } catch (ConnectFailure e) {
            printer.error(String.valueOf(e.getMessage()));
            return ExitCode.NO_CONNECTION;
        }
        return new Session(connection, printer, System.in, options.ack()).run(options.command());
    }
}
