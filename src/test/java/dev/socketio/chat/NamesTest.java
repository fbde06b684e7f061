package dev.socketio.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"  Ada   Lovelace \"|Ada Lovelace",
                "\"Ada\tL\nB\"|Ada L B",
                "\"Ada\u3000\u00a0L\"|Ada L",
                "Ａｄａ|Ada",
                "Ame\u0301lie|Amélie",
                "محمد|محمد",
                "👩\u200d💻 Ada|👩\u200d💻 Ada",
                "می\u200cخواهم|می\u200cخواهم",
                "<b>Ada</b>|<b>Ada</b>",
                "7|7",
                "𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳|XXXXXXXXXXXXXXXXXXXXXXXX",
            })
    void areTidied(String typed, String clean) throws Refusal {
        assertThat(Names.clean("A name", typed)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "\u3164", // blank, although a letter
                "...",
                "\u2800",
                "\u200c\u200d",
                "A\u0000b",
                "A\u001bb",
                "A\u007fb",
                "A\u200bb",
                "A\u202eb", // right-to-left override
                "A\u2066b",
                "A\u200eb",
                "A\u061cb",
                "A\ufeffb",
                "A\ud800b",
                "A\ue000b",
                "A\udb40\udc41b",
                "Z\u0351\u0352\u0353\u0354",
                "1234567890123456789012345",
            })
    void areRefused(String typed) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Names.clean("A name", typed));
    }

    @Test
    void tellWhatIsWrong() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> Names.clean("The name of a room", "x".repeat(1_000_000)))
                .withMessage("The name of a room can have 24 characters at most.");
    }

    @ParameterizedTest
    @CsvSource({"Ada,aDA", "STRASSE,straße", "A\u200dda,Ada", "A\ufe0fda,Ada", "ΣΑΣ,σας"})
    void areTheSameForPeople(String one, String other) {
        assertThat(Names.key(one)).isEqualTo(Names.key(other));
    }
}
