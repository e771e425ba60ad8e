package io.buildkitefleet.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiterString = " => ", textBlock = """
                    /work/Pulumi.dev.yaml => /work/Pulumi.dev.yaml
                    my-stack_1 => my-stack_1
                    my keys/a.json => 'my keys/a.json'
                    it's.yaml => 'it'\\''s.yaml'
                    $HOME/*.yaml => '$HOME/*.yaml'
                    ~/a => '~/a'
                    a;b => 'a;b'
                    "" => ''
                    """)
    void aWordIsQuotedIfAShellWouldTakeItForMore(String word, String quoted) {
        assertThat(new ShellWord(word)).hasToString(quoted);
    }

    @Test
    void aCommandIsQuotedWordByWord() {
        assertThat(ShellWord.line(List.of("ls", "--filter=a AND b", "c"))).isEqualTo("ls '--filter=a AND b' c");
    }
}
