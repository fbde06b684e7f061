package dev.socketio.chat;

import java.io.Serial;

/** Something that a person wanted and cannot have; the problem is a sentence for that person to read. */
final class Refusal extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final String problem;

    Refusal(String problem) {
        super(problem, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
