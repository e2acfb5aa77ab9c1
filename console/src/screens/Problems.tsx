import { api } from "../api";
import { Notice, ProblemNotice } from "../parts/Notice";
import { Page } from "../parts/Page";
import { Pager, usePages } from "../parts/Pager";
import { Poison } from "../parts/Poison";
import { Review } from "../parts/Review";
import { useRoute } from "../route";
import { useLoaded } from "../useLoaded";

export function Problems() {
  const broadcast = useRoute().query.get("broadcast") ?? "";
  const pages = usePages();
  const { body, problem, reload } = useLoaded((signal) => api.poison(broadcast, pages.cursor, signal), [broadcast, pages.cursor]);
  return (
    <Page title="Problems">
      <Review />
      <section aria-label="What failed for good">
        <h2>What failed for good</h2>
        {broadcast && <Notice kind="info">Of <a href={`#/broadcasts/${broadcast}`}>one broadcast</a> only. <a href="#/problems">Show all</a></Notice>}
        <ProblemNotice problem={problem} />
        {body === null ? problem === null && <p role="status">Loading…</p>
          : body.messages.length === 0 && pages.isFirst ? <p>Nothing failed for good.</p>
          : <Poison key={pages.cursor ?? ""} messages={body.messages} broadcast={broadcast} onDone={reload} />}
        <Pager pages={pages} next={body?.next ?? null} what="the problems" />
      </section>
    </Page>
  );
}
