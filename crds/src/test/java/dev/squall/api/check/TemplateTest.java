package dev.squall.api.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.squall.api.check.Template.Part.Reference;
import dev.squall.api.check.Template.Part.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  @Test
  void isCutAtItsReferences() {
    assertThat(Template.parse("/a/${id}/${to-ken_1}").parts())
        .containsExactly(
            new Text("/a/"), new Reference("id"), new Text("/"), new Reference("to-ken_1"));
    assertThat(Template.parse("").parts()).isEmpty();
  }

  @Test
  void twoDollarsStandForTheTextOfAReference() {
    assertThat(Template.parse("$${a} $5 $$ ${b}").parts())
        .containsExactly(new Text("${a} $5 $$ "), new Reference("b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${a", "${}", "${a b}", "x${1}", "${${a}}"})
  void aReferenceWithoutANameOrEndIsRefusedWithTheWayToWriteTheText(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Template.parse(text))
        .withMessageContaining("write $${ for the text ${");
  }
}
