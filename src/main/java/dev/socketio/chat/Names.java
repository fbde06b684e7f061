package dev.socketio.chat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names of people and rooms: what they may be, and which of them count as the same. */
final class Names {

    /** In code points, which is roughly what people count as characters. */
    static final int MAX_LENGTH = 24;

    private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");

    /**
     * Controls, what changes the direction of text, and what is invisible. The two joiners of Persian, of Indian scripts
     * and of emoji are the exception.
     */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}&&[^\\u200c\\u200d]]");

    /** What may be in a name and cannot be seen: joiners, and the selectors of variants. */
    private static final Pattern UNSEEN = Pattern.compile("[\\u034f\\u200c\\u200d\\ufe00-\\ufe0f]");

    /** More marks upon one letter than any language has reach into the lines above and below. */
    private static final Pattern MARKS = Pattern.compile("\\p{M}{4,}");

    /** A letter or digit that can be seen: the fillers of Hangul are letters, but blank. */
    private static final Pattern VISIBLE = Pattern.compile("[\\p{L}\\p{N}&&[^\\u115f\\u1160]]");

    private Names() {}

    /**
     * Returns a name as it is shown: in Unicode's form NFKC, with single spaces.
     *
     * @param what it is the name of, for the message
     * @throws Refusal if it cannot be a name
     */
    static String clean(String what, String name) throws Refusal {
        if (name.length() > 16 * MAX_LENGTH) {
            throw tooLong(what);
        }
        if (FORBIDDEN.matcher(SPACES.matcher(name).replaceAll(" ")).find()) {
            throw new Refusal(what + " cannot have control characters or invisible ones.");
        }
        // once more afterwards, because NFKC makes spaces of some characters that were none
        String clean = SPACES.matcher(Normalizer.normalize(name, Normalizer.Form.NFKC))
                .replaceAll(" ")
                .strip();
        if (!VISIBLE.matcher(clean).find()) {
            throw new Refusal(what + " needs a letter or a digit.");
        }
        if (clean.codePointCount(0, clean.length()) > MAX_LENGTH) {
            throw tooLong(what);
        }
        if (MARKS.matcher(clean).find()) {
            throw new Refusal(what + " has too many accents on one letter.");
        }
        return clean;
    }

    private static Refusal tooLong(String what) {
        return new Refusal(what + " can have " + MAX_LENGTH + " characters at most.");
    }

    /** Returns what two names have in common that people would take for the same. */
    static String key(String clean) {
        return UNSEEN.matcher(clean).replaceAll("").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
