package dev.socketio.terminal;

/** What the program tells those who have started it. */
enum ExitCode {
    /** All went well. */
    OK(0),
    /** There was no connection, or the server has ended it. */
    NO_CONNECTION(1),
    /** The command line or a command was wrong. */
    USAGE(2),
    /** The server has answered that something is wrong with a message. */
    REFUSED(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Returns this, unless it tells of no fault and the other may. */
    ExitCode or(ExitCode other) {
        return this == OK ? other : this;
    }
}
