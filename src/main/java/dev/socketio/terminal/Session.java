package dev.socketio.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What happens between connecting and the end: commands, one after the other, until one of both sides ends it. */
final class Session {

    /** What fits into one message of a server with default limits, over polling too, where bytes become a third more. */
    private static final int MAX_BYTES = 700_000;

    private static final String STANDARD_INPUT = "standard input";

    private final Connection connection;
    private final Printer printer;
    private final InputStream in;
    private final boolean ack;
    private final CompletableFuture<ExitCode> carriedOut = new CompletableFuture<>();

    /** @param ack whether to wait for the answer to each message */
    Session(Connection connection, Printer printer, InputStream in, boolean ack) {
        this.connection = connection;
        this.printer = printer;
        this.in = in;
        this.ack = ack;
    }

    /**
     * Carries out one command, or all that standard input has.
     *
     * @param single empty for those of standard input
     */
    ExitCode run(Optional<Command> single) {
        // Apart, because nothing wakes up who reads standard input when the server ends the connection.
        Thread commands = new Thread(() -> work(single), "commands");
        commands.setDaemon(true);
        commands.start();
        CompletableFuture.anyOf(connection.ended(), carriedOut).join();
        if (connection.ended().isDone()) {
            printer.error(connection.ended().join());
            return ExitCode.NO_CONNECTION;
        }
        return carriedOut.join();
    }

    private void work(Optional<Command> single) {
        try {
            ExitCode code = single.isPresent() ? carryOutSingle(single.get()) : carryOutLines();
            if (connection.close()) {
                carriedOut.complete(code);
            } else {
                printer.error("there is no connection: what has been sent last may be lost");
                carriedOut.complete(ExitCode.NO_CONNECTION);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            printer.error(STANDARD_INPUT + " cannot be read: " + e.getMessage());
            carriedOut.complete(ExitCode.USAGE);
        } catch (RuntimeException | Error e) {
            carriedOut.completeExceptionally(e);
        }
    }

    private ExitCode carryOutLines() throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        ExitCode outcome = ExitCode.OK;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            try {
                Command command = Command.parse(line);
                if (command.verb() == Command.Verb.DISCONNECT) {
                    return outcome;
                }
                if (command.readsStandardInput()) {
                    throw new UsageException(STANDARD_INPUT
                            + " has the commands: use - on the command line, as in connect URL message -");
                }
                outcome = carryOut(command).or(outcome);
            } catch (UsageException e) {
                printer.error(String.valueOf(e.getMessage()));
                outcome = ExitCode.USAGE.or(outcome);
            }
        }
        return outcome;
    }

    private ExitCode carryOutSingle(Command command) throws InterruptedException {
        try {
            return carryOut(command);
        } catch (UsageException e) {
            printer.error(String.valueOf(e.getMessage()));
            return ExitCode.USAGE;
        }
    }

    private ExitCode carryOut(Command command) throws UsageException, InterruptedException {
        switch (command.verb()) {
            case MESSAGE -> {
                return send(Command.value(text(command)));
            }
            case SEND -> {
                return send(bytes(command));
            }
            case LISTEN -> connection.ended().join();
            case DISCONNECT -> {}
        }
        return ExitCode.OK;
    }

    private ExitCode send(Object value) throws InterruptedException {
        if (!ack) {
            connection.message(value);
            return ExitCode.OK;
        }
        Optional<String> fault = connection.ask(value);
        fault.ifPresent(printer::error);
        return fault.isPresent() ? ExitCode.REFUSED : ExitCode.OK;
    }

    private String text(Command command) throws UsageException {
        if (!command.readsStandardInput()) {
            return command.argument();
        }
        String text = new String(bytes(command), StandardCharsets.UTF_8);
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private byte[] bytes(Command command) throws UsageException {
        String name = command.readsStandardInput() ? STANDARD_INPUT : command.argument();
        try (InputStream source = command.readsStandardInput() ? in : Files.newInputStream(Path.of(name))) {
            byte[] bytes = source.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UsageException(name + " is too large: send at most " + MAX_BYTES
                        + " bytes, which is what servers take unless set otherwise");
            }
            return bytes;
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(name + " cannot be read: check the name (" + e + ")");
        }
    }
}
