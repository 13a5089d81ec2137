// What `aiwf --help` shows.
import { pictureThemes } from '../picture/palette.ts';
import { checkFormats } from '../report/render.ts';
import { registerFormats } from '../report/waiver-register-forms.ts';
import { presets } from '../rules/presets.ts';
import { diffFormats } from './arguments/diff.ts';

/** What `--help` shows. */
export const help = `Usage: aiwf COMMAND

  check [PATH…]     check workflows: files, or folders searched for *.aiwf.yaml and *.aiwf.yml; default: this folder
    --format FORMAT   ${checkFormats.join(', ')}; default: ${checkFormats[0]};
                      github: notes at the lines of a pull request; see docs/reports.md
    --output FILE     write the report to this file, and print one line with the counts
    --without-accepted  leave waived and known findings out of the report
    --profile ID      preset of rules, may be repeated: ${[...presets.keys()].join(', ')};
                      default: that of aiwf.config.yaml, else recommended
    --rule ID         check this rule alone, may be repeated
    --base REVISION   compare with this git revision, or for one file with this FILE, for the rules that judge a change
    --fix             make all safe fixes in the files first, and report what is left
    --max-warnings N  more warnings than this are a failure
    --update-baseline take what is found now as known, in the baseline that aiwf.config.yaml names; then only what is
                      new is reported
    --no-update-baseline  keep known findings that are gone in the baseline, as in CI; else they are taken out
    --cache           use the results of earlier runs for what has not changed
    --cache-location FOLDER  keep them in this folder; default: the cache folder of the user
    --threads N       default: as many as are of use
    --no-progress     do not say on the terminal how far a long run is
    --stdin-filename FILE  check the text from standard input as if it stood in this file; with --fix the fixed text goes
                      to standard output and the report to standard error
    --color           colored text, unless NO_COLOR is set
  rules             list the rules, those that aiwf.config.yaml brings as well
  rules test [PATH…]
                    run the examples of the rules that projects and rule packs bring; default: this folder
    --format FORMAT   text (default) or json
  explain RULE      what a rule asks for, why, and how to fix it
  diagram FILE      draw a workflow
    --format FORMAT   mermaid (default), markdown with that in it and a link to the file, or svg
    --view VIEW       of svg: flow (default), handoffs or time
    --direction WAY   of the flow as svg: down (default) or right
    --theme THEME     of svg: ${pictureThemes.join(', ')}; default: ${pictureThemes[0]}
    --output FILE     write this file instead of standard output
  waivers [PATH…]   the register of accepted findings, by last day
    --format FORMAT   ${registerFormats.join(', ')}; default: ${registerFormats[0]}
  diff BASE [HEAD]  what two revisions say differently, and which controls were lost: git revisions, folders or files; without
                    HEAD the files as they are
    --path PATH       compare these files or folders only, may be repeated
    --format FORMAT   ${diffFormats.join(', ')}; default: ${diffFormats[0]}
    --output FILE     write this file instead of standard output
    --color           colored text, unless NO_COLOR is set
  audit [PATH…]     gather what an auditor needs, as a page and as data: models, registers, findings, coverage, hashes
    --output FOLDER   folder for audit.html and audit.json
    --profile ID      as for check
  format PATH…      format workflows in place: files, or all in these folders; lists what has changed
    --check           change nothing, list what is not formatted
  lsp --stdio       language server for editors
  mcp [FOLDER…]     Model Context Protocol on standard input and output, for AI that writes workflows; reads these
                    folders and nothing else; default: those the client has open, else this folder
  --help            this text
  --version         version of aiwf

Exit code: 0 no errors, 1 findings of severity error, a control lost, too many warnings or files not formatted, 2 wrong use or unreadable input.
`;
