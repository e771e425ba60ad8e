package io.buildkitefleet.report.scanner;

import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.rules.Assessment;
import io.buildkitefleet.rules.Finding;
import io.buildkitefleet.rules.Result;
import io.buildkitefleet.rules.Status;
import io.buildkitefleet.text.VisibleText;
import java.io.StringWriter;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Findings as a test report: a rule is a test, and what was not held against anything is skipped. */
public final class AssessmentJunit {
    private final Assessment assessment;

    private AssessmentJunit(Assessment assessment) {
        this.assessment = assessment;
    }

    /** The report, with a line feed at the end. */
    public static String of(Assessment assessment) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            new AssessmentJunit(assessment).write(xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.append('\n').toString();
    }

    private void write(XMLStreamWriter xml) throws XMLStreamException {
        var results = assessment.results();
        var ran = assessment.count(Status.PASSED) + assessment.count(Status.FAILED);
        xml.writeStartElement("testsuites");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "fleet check " + VisibleText.of(assessment.stack()));
        xml.writeAttribute("tests", String.valueOf(results.size()));
        xml.writeAttribute("failures", String.valueOf(assessment.count(Status.FAILED)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", String.valueOf(results.size() - ran));
        for (var result : results) {
            xml.writeCharacters("\n");
            write(xml, result);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void write(XMLStreamWriter xml, Result result) throws XMLStreamException {
        var rule = result.rule();
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "fleet.check." + Spelling.of(rule.severity()));
        xml.writeAttribute("name", rule.id() + ": " + rule.title());
        if (result.status() == Status.FAILED) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", rule.mend());
            xml.writeAttribute("type", Spelling.of(rule.severity()));
            xml.writeCharacters(VisibleText.of(
                    result.findings().stream().map(AssessmentJunit::line).collect(Collectors.joining("\n"))));
            xml.writeEndElement();
        } else if (result.status() != Status.PASSED) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", VisibleText.of(why(result)));
        }
        xml.writeEndElement();
    }

    private static String line(Finding finding) {
        return finding.resource() + ": " + finding.detail()
                + finding.waiver()
                        .map(waiver -> " (waived: " + waiver.reason() + ")")
                        .orElse("");
    }

    private static String why(Result result) {
        return switch (result.status()) {
            case WAIVED ->
                "waived: "
                        + result.findings().stream().map(AssessmentJunit::line).collect(Collectors.joining("; "));
            case NOT_CHECKED -> "not checked: " + result.note();
            default -> "not applicable: " + result.note();
        };
    }
}
