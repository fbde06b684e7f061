package dev.socketio.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param address of the server
 * @param timeout for the first connection
 * @param json whether to print JSON
 * @param ack whether to wait for an answer to each message
 * @param command the one command to carry out; empty to read commands from standard input
 */
record Options(Address address, Duration timeout, boolean json, boolean ack, Optional<Command> command) {

    static final String USAGE = """
            Usage: java -jar servlet-socketio-client.jar connect [options] URL [command]

            Connects to the web application at URL, such as http://localhost:3000 or
            https://example.com/chat, and carries out the one command, or else the commands
            that standard input has, one a line:

              message VALUE   sends a number or a text, as the event "message"
              send FILE       sends the bytes of a file, such as a picture, as the event "message"
              listen          does nothing but print, until the program is ended
              disconnect      ends; so does the end of standard input

            With one command on the command line, "message -" and "send -" send what standard
            input has. Each "talkback" that arrives is printed on standard output, a line each;
            all else that there is to say goes to standard error.

            Options:
              --json          prints JSON, one object a line
              --ack           waits for the server's answer to each message before the next; an
                              answer other than null is printed as an error
              --path PATH     of Socket.IO on the server, if it is not socket.io below URL
              --namespace N   / unless set
              --timeout S     how many seconds connecting may take; 10 unless set
              --help          prints this

            Exit codes: 0 if all went well, 1 if there was no connection or the server ended it,
            2 if the command line or a command was wrong, 3 if --ack had a message refused.
            """;

    /** In seconds: an hour. */
    private static final int MAX_TIMEOUT = 3_600;

    /**
     * Reads the command line.
     *
     * @throws UsageException if it makes no sense
     */
    static Options parse(List<String> arguments) throws UsageException {
        Deque<String> rest = new ArrayDeque<>(arguments);
        String verb = rest.poll();
        if (!"connect".equals(verb)) {
            throw new UsageException((verb == null ? "there is no command" : "\"" + verb + "\" is no command")
                    + ": begin with connect, as in connect http://localhost:3000");
        }
        boolean json = false;
        boolean ack = false;
        String path = null;
        String namespace = "/";
        Duration timeout = Duration.ofSeconds(10);
        String url = null;
        while (rest.peek() != null && (url == null || rest.peek().startsWith("--"))) {
            String option = rest.remove();
            switch (option) {
                case "--json" -> json = true;
                case "--ack" -> ack = true;
                case "--path" -> path = value(option, rest);
                case "--namespace" -> namespace = value(option, rest);
                case "--timeout" -> timeout = seconds(value(option, rest));
                default -> url = url(option);
            }
        }
        if (url == null) {
            throw new UsageException("connect needs a URL, such as http://localhost:3000");
        }
        return new Options(Address.of(url, path, namespace), timeout, json, ack, command(new ArrayList<>(rest)));
    }

    private static String url(String word) throws UsageException {
        if (word.startsWith("--")) {
            throw new UsageException(word + " is no option: see --help");
        }
        return word;
    }

    private static String value(String before, Deque<String> rest) throws UsageException {
        String value = rest.poll();
        if (value == null) {
            throw new UsageException(before + " needs a value: see --help");
        }
        return value;
    }

    private static Duration seconds(String value) throws UsageException {
        try {
            int seconds = Integer.parseInt(value);
            if (seconds > 0 && seconds <= MAX_TIMEOUT) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // no number, which is as wrong as one that is too large
        }
        throw new UsageException("--timeout is \"" + value + "\": give seconds, from 1 to " + MAX_TIMEOUT);
    }

    private static Optional<Command> command(List<String> words) throws UsageException {
        return words.isEmpty() ? Optional.empty() : Optional.of(Command.parse(String.join(" ", words)));
    }
}
