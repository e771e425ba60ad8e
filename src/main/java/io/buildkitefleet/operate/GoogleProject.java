package io.buildkitefleet.operate;

import io.buildkitefleet.fleet.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Google Cloud project itself: whether it is there, is paid for, and lets APIs be turned on. */
final class GoogleProject {
    /** Without these two nothing can turn on the others. */
    private static final List<String> FIRST_APIS =
            List.of("serviceusage.googleapis.com", "cloudresourcemanager.googleapis.com");

    /** What a state in a bucket of one's own needs before the fleet is there. */
    private static final List<String> STATE_APIS = List.of("cloudkms.googleapis.com", "storage.googleapis.com");

    /** Why nothing is known here. */
    static final String NOT_ASKED = "not asked, that takes gcloud and a login";

    private static final String PROJECT = "project";
    private static final String BILLING = "billing";
    private static final String APIS = "Google APIs";

    /** What gcloud says of a project that is not there, and alike of one that somebody may not see. */
    private static final Pattern NOT_SEEN = Pattern.compile("does not have permission to access projects instance");

    /** It says the same where an API is off, with this behind it. */
    private static final Pattern API_OFF = Pattern.compile("API has not been used|SERVICE_DISABLED");

    private final Gcloud gcloud;
    private final String project;

    GoogleProject(Gcloud gcloud, String project) {
        this.gcloud = gcloud;
        this.project = project;
    }

    /** @param canAsk whether somebody is logged in with gcloud */
    List<Prerequisite> examine(boolean canAsk) {
        if (!canAsk) {
            return List.of(unasked(PROJECT, projectCommand()), unasked(BILLING, billingCommand()), unaskedApis());
        }
        var checks = new ArrayList<Prerequisite>();
        checks.add(project());
        if (checks.get(0).status() == Prerequisite.Status.MISSING) {
            var reason = "not asked, there is no project yet";
            checks.add(Prerequisite.unknown(BILLING, reason + "; then", billingCommand()));
            checks.add(Prerequisite.unknown(APIS, reason + "; then turn on", apiCommand(FIRST_APIS, project)));
            return checks;
        }
        checks.add(billing());
        checks.add(apis());
        return checks;
    }

    static Prerequisite unasked(String what, String command) {
        return Prerequisite.unknown(what, NOT_ASKED + "; look yourself", command);
    }

    /** @param need what the fleet needs of it */
    static Prerequisite unasked(String what, String need, String command) {
        return Prerequisite.unknown(what, need + ", " + NOT_ASKED + "; look at", command);
    }

    private Prerequisite unaskedApis() {
        return Prerequisite.unknown(APIS, NOT_ASKED + "; " + othersFollow(), apiCommand(FIRST_APIS, project));
    }

    private Prerequisite project() {
        var reply = gcloud.ask("projects", "describe", project, "--format=json(projectId,lifecycleState)");
        if (reply instanceof Reply.Refused refused
                && NOT_SEEN.matcher(refused.reason()).find()
                && !API_OFF.matcher(refused.reason()).find()) {
            return Prerequisite.missing(
                    PROJECT,
                    project + " is not there, or whoever is logged in may not see it; make it, or have a role in it",
                    createCommand(project));
        }
        var state = reply.text()
                .flatMap(JsonAnswer::parse)
                .flatMap(answer -> answer.text("lifecycleState"))
                .orElse("");
        if (state.isEmpty()) {
            return unanswered(PROJECT, reply, projectCommand());
        }
        return state.equals("ACTIVE")
                ? Prerequisite.good(PROJECT, project)
                : Prerequisite.missing(
                        PROJECT,
                        project + " is " + state + ", so nothing can be made in it",
                        "gcloud projects undelete " + project);
    }

    /** https://cloud.google.com/billing/reference/rest/v1/ProjectBillingInfo */
    private Prerequisite billing() {
        var reply = gcloud.ask(
                "billing", "projects", "describe", project, "--format=json(billingAccountName,billingEnabled)");
        var answer = reply.text().flatMap(JsonAnswer::parse);
        if (answer.isEmpty()) {
            return unanswered(BILLING, reply, billingCommand());
        }
        var account = answer.get().text("billingAccountName").filter(name -> !name.isEmpty());
        if (answer.get().isTrue("billingEnabled")) {
            return Prerequisite.good(BILLING, "paid by " + account.orElse("an account that is not named"));
        }
        return Prerequisite.missing(
                BILLING,
                account.map(name -> name + " is closed").orElse("nobody pays for the project")
                        + "; your accounts: gcloud billing accounts list; link one",
                linkCommand(project));
    }

    private Prerequisite apis() {
        var reply = gcloud.ask("services", "list", "--enabled", "--project", project, "--format=json(config.name)");
        if (reply.text().isEmpty()) {
            return Prerequisite.unknown(
                    APIS,
                    "gcloud does not list those of " + project + " (" + reply.reason() + "); " + othersFollow(),
                    apiCommand(FIRST_APIS, project));
        }
        var on = reply.text().flatMap(JsonAnswer::parse).stream()
                .flatMap(answer -> answer.items().stream())
                .flatMap(service -> service.field("config").stream())
                .flatMap(config -> config.text("name").stream())
                .toList();
        var off = FIRST_APIS.stream().filter(api -> !on.contains(api)).toList();
        if (!off.isEmpty()) {
            return Prerequisite.missing(APIS, "turn on", apiCommand(off, project));
        }
        var others = Stream.of(Api.values())
                .map(Api::service)
                .filter(api -> !on.contains(api))
                .toList();
        return Prerequisite.good(
                APIS,
                others.isEmpty()
                        ? "all that the stack needs are on"
                        : "those that turn on the others are on; pulumi up turns on " + String.join(" ", others));
    }

    /** Why there is no answer, and where a person finds it. */
    private static Prerequisite unanswered(String what, Reply reply, String command) {
        var reason = reply.reason().isEmpty() ? "gcloud does not say it" : reply.reason();
        return Prerequisite.unknown(what, reason + "; look yourself", command);
    }

    private static String othersFollow() {
        var others = Stream.of(Api.values()).map(Api::service).collect(Collectors.joining(" "));
        return "pulumi up turns on " + others + " when these are on";
    }

    /** What makes the project ready, from nothing. */
    static List<String> commands(String project) {
        return List.of(
                createCommand(project),
                linkCommand(project),
                apiCommand(
                        Stream.concat(FIRST_APIS.stream(), STATE_APIS.stream()).toList(), project));
    }

    private static String createCommand(String project) {
        return "gcloud projects create " + project;
    }

    private static String linkCommand(String project) {
        return "gcloud billing projects link " + project + " --billing-account ACCOUNT";
    }

    private String projectCommand() {
        return "gcloud projects describe " + project;
    }

    private String billingCommand() {
        return "gcloud billing projects describe " + project;
    }

    private static String apiCommand(List<String> apis, String project) {
        return "gcloud services enable " + String.join(" ", apis) + " --project " + project;
    }
}
