/** Every question that can be asked by its name, in the order of `almanac queries`. */
import activeDayShare from './active-day-share.ts';
import activity from './activity.ts';
import answerers from './answerers.ts';
import askingHours from './asking-hours.ts';
import attachmentKinds from './attachment-kinds.ts';
import authors from './authors.ts';
import busiestDays from './busiest-days.ts';
import channelMessages from './channel-messages.ts';
import channelPeople from './channel-people.ts';
import channels from './channels.ts';
import coverage from './coverage.ts';
import coverageGaps from './coverage-gaps.ts';
import coverageSummary from './coverage-summary.ts';
import firstMessages from './first-messages.ts';
import joinsAndLeaves from './joins-and-leaves.ts';
import lengths from './lengths.ts';
import linksToReview from './links-to-review.ts';
import liveThreads from './live-threads.ts';
import loadShare from './load-share.ts';
import memberProfile from './member-profile.ts';
import mostReacted from './most-reacted.ts';
import mostReactedLinks from './most-reacted-links.ts';
import mostReplied from './most-replied.ts';
import newcomers from './newcomers.ts';
import peopleAndBots from './people-and-bots.ts';
import questionsAsked from './questions-asked.ts';
import quietChannels from './quiet-channels.ts';
import rankings from './rankings.ts';
import replyTimes from './reply-times.ts';
import retention from './retention.ts';
import textSearch from './text-search.ts';
import topChannels from './top-channels.ts';
import topContributors from './top-contributors.ts';
import topEmoji from './top-emoji.ts';
import topLinks from './top-links.ts';
import unansweredQuestions from './unanswered-questions.ts';
import voiceSessions from './voice-sessions.ts';
import weekdayHours from './weekday-hours.ts';
import windowTotals from './window-totals.ts';
import type { Question } from './question.ts';

export const questions: readonly Question[] = [
  windowTotals,
  peopleAndBots,
  activity,
  busiestDays,
  activeDayShare,
  weekdayHours,
  topContributors,
  rankings,
  memberProfile,
  authors,
  newcomers,
  retention,
  loadShare,
  channels,
  topChannels,
  quietChannels,
  liveThreads,
  channelPeople,
  channelMessages,
  firstMessages,
  mostReacted,
  mostReplied,
  topEmoji,
  topLinks,
  mostReactedLinks,
  linksToReview,
  attachmentKinds,
  lengths,
  textSearch,
  questionsAsked,
  unansweredQuestions,
  answerers,
  replyTimes,
  askingHours,
  joinsAndLeaves,
  voiceSessions,
  coverage,
  coverageGaps,
  coverageSummary,
].flat();
